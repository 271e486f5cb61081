/*
 * rwsnoop - each read and write: how many bytes of which file
 *
 * Usage:    dtrace --tools rwsnoop [pid | -c command]
 * Columns:  PID and COMMAND, CALL, FD, ASKED and DONE (bytes; done -1: it failed), PATH
 * Example:  dtrace --tools rwsnoop -c 'cat /etc/hostname'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %-8s %4s %9s %9s %s\n", "PID", "COMMAND", "CALL", "FD", "ASKED", "DONE",
	    "PATH");
}

syscall::read:entry, syscall::write:entry, syscall::pread64:entry, syscall::pwrite64:entry,
syscall::sendto:entry, syscall::recvfrom:entry
/is_wanted/
{
	self->descriptor = (int)arg0;
	self->asked = arg2;
	self->inside = 1;
}

syscall::read:return, syscall::write:return, syscall::pread64:return, syscall::pwrite64:return,
syscall::sendto:return, syscall::recvfrom:return
/self->inside/
{
	printf("%7d %-15s %-8s %4d %9d %9d %s\n", pid, execname, probefunc, self->descriptor,
	    self->asked, errno == 0 ? (int64_t)arg0 : -1, fds[self->descriptor].fi_pathname);
	self->inside = 0;
	self->descriptor = 0;
	self->asked = 0;
}
