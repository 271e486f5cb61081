/*
 * rwtop - bytes read and written by process
 *
 * Usage:    dtrace --tools rwtop [pid | -c command]
 * Columns:  PID and COMMAND, READS and READ (bytes), WRITES and WRITTEN (bytes)
 * Example:  dtrace --tools rwtop -c 'cp /etc/services /tmp/copy'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


syscall::read:return, syscall::pread64:return, syscall::readv:return, syscall::preadv:return,
syscall::preadv2:return, syscall::recvfrom:return, syscall::recvmsg:return
/errno == 0 && is_wanted/
{
	@reads[pid, execname] = count();
	@read[pid, execname] = sum(arg0);
}

syscall::write:return, syscall::pwrite64:return, syscall::writev:return, syscall::pwritev:return,
syscall::pwritev2:return, syscall::sendto:return, syscall::sendmsg:return
/errno == 0 && is_wanted/
{
	@writes[pid, execname] = count();
	@written[pid, execname] = sum(arg0);
}

dtrace:::END
{
	printf("%7s %-15s %8s %12s %8s %12s\n", "PID", "COMMAND", "READS", "READ", "WRITES",
	    "WRITTEN");
	printa("%7d %-15s %@8u %@12u %@8u %@12u\n", @reads, @read, @writes, @written);
}
