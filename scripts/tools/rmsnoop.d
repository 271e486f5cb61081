/*
 * rmsnoop - files removed and renamed
 *
 * Usage:    dtrace --tools rmsnoop [pid | -c command]
 * Columns:  PID and COMMAND, CALL, ERR, PATH as the process gave it, and what it is renamed to
 * Example:  dtrace --tools rmsnoop -c 'mv one two'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %-10s %3s %s\n", "PID", "COMMAND", "CALL", "ERR", "PATH");
}

syscall::unlink:entry
/is_wanted/
{
	self->path = arg0;
}

syscall::unlinkat:entry
/is_wanted && !(arg2 & AT_REMOVEDIR)/
{
	self->path = arg1;
}

syscall::rename:entry
/is_wanted/
{
	self->path = arg0;
	self->to = arg1;
}

syscall::renameat:entry, syscall::renameat2:entry
/is_wanted/
{
	self->path = arg1;
	self->to = arg3;
}

syscall::unlink:return, syscall::unlinkat:return, syscall::rename:return,
syscall::renameat:return, syscall::renameat2:return
/self->path/
{
	printf("%7d %-15s %-10s %3d %s%s%s\n", pid, execname, probefunc, errno,
	    copyinstr(self->path), self->to ? " -> " : "",
	    self->to ? copyinstr(self->to) : "");
	self->path = 0;
	self->to = 0;
}
