/*
 * iotop - disk I/O by process and device
 *
 * Usage:    dtrace --tools iotop [pid | -c command]
 * Columns:  PID and COMMAND, DEVICE, READS and READ (bytes), WRITES and WRITTEN (bytes)
 * Example:  dtrace --tools iotop -c 'dd if=/dev/zero of=file bs=4k count=8 oflag=direct'
 *
 * Requests are those of the process that hands them to the device: of direct and synchronous I/O
 * that is who asked for it, of other writes a thread of the kernel.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


io:::start
/is_wanted && args[0]->b_flags & B_READ/
{
	@reads[pid, execname, args[1]->dev_statname] = count();
	@read[pid, execname, args[1]->dev_statname] = sum(args[0]->b_bcount);
}

io:::start
/is_wanted && args[0]->b_flags & B_WRITE/
{
	@writes[pid, execname, args[1]->dev_statname] = count();
	@written[pid, execname, args[1]->dev_statname] = sum(args[0]->b_bcount);
}

dtrace:::END
{
	printf("%7s %-15s %-10s %8s %12s %8s %12s\n", "PID", "COMMAND", "DEVICE", "READS", "READ",
	    "WRITES", "WRITTEN");
	printa("%7d %-15s %-10s %@8u %@12u %@8u %@12u\n", @reads, @read, @writes, @written);
}
