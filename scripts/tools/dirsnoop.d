/*
 * dirsnoop - directories made, removed, entered and read
 *
 * Usage:    dtrace --tools dirsnoop [pid | -c command]
 * Columns:  PID and COMMAND, CALL, ERR, PATH as the process gave it, of those read the file's
 * Example:  dtrace --tools dirsnoop -c 'ls /'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %-10s %3s %s\n", "PID", "COMMAND", "CALL", "ERR", "PATH");
}

syscall::mkdir:entry, syscall::rmdir:entry, syscall::chdir:entry, syscall::chroot:entry
/is_wanted/
{
	self->path = arg0;
}

syscall::mkdirat:entry
/is_wanted/
{
	self->path = arg1;
}

syscall::unlinkat:entry
/is_wanted && arg2 & AT_REMOVEDIR/
{
	self->path = arg1;
}

syscall::mkdir:return, syscall::rmdir:return, syscall::chdir:return, syscall::chroot:return,
syscall::mkdirat:return, syscall::unlinkat:return
/self->path/
{
	printf("%7d %-15s %-10s %3d %s\n", pid, execname, probefunc, errno,
	    copyinstr(self->path));
	self->path = 0;
}

syscall::getdents64:entry, syscall::fchdir:entry
/is_wanted/
{
	self->descriptor = (int)arg0 + 1;
}

syscall::getdents64:return, syscall::fchdir:return
/self->descriptor/
{
	printf("%7d %-15s %-10s %3d %s\n", pid, execname, probefunc, errno,
	    fds[self->descriptor - 1].fi_pathname);
	self->descriptor = 0;
}
