/*
 * statsnoop - files whose presence or status was asked for
 *
 * Usage:    dtrace --tools statsnoop [pid | -c command]
 * Columns:  PID and COMMAND, CALL, ERR (0: there), PATH as the process gave it
 * Example:  dtrace --tools statsnoop -c 'test -e /nowhere'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %-11s %3s %s\n", "PID", "COMMAND", "CALL", "ERR", "PATH");
}

syscall::stat:entry, syscall::lstat:entry, syscall::access:entry, syscall::readlink:entry,
syscall::statfs:entry
/is_wanted/
{
	self->path = arg0;
}

syscall::newfstatat:entry, syscall::statx:entry, syscall::faccessat:entry,
syscall::faccessat2:entry, syscall::readlinkat:entry
/is_wanted/
{
	self->path = arg1;
}

syscall::stat:return, syscall::lstat:return, syscall::access:return, syscall::readlink:return,
syscall::statfs:return,
syscall::newfstatat:return, syscall::statx:return, syscall::faccessat:return,
syscall::faccessat2:return, syscall::readlinkat:return
/self->path/
{
	printf("%7d %-15s %-11s %3d %s\n", pid, execname, probefunc, errno,
	    copyinstr(self->path));
	self->path = 0;
}
