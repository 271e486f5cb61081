/*
 * opensnoop - files opened: by whom, which, and how it ended
 *
 * Usage:    dtrace --tools opensnoop [pid | -c command]
 * Columns:  PID and COMMAND of the process, FD it got (-1: none), ERR why not (0: it did), PATH
 *           as the process gave it
 * Example:  dtrace --tools opensnoop -c 'cat /etc/hostname'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));

dtrace:::BEGIN
{
	printf("%7s %-15s %4s %3s %s\n", "PID", "COMMAND", "FD", "ERR", "PATH");
}

syscall::open:entry, syscall::creat:entry
/is_wanted/
{
	self->path = arg0;
}

syscall::openat:entry, syscall::openat2:entry
/is_wanted/
{
	self->path = arg1;
}

syscall::open:return, syscall::creat:return, syscall::openat:return, syscall::openat2:return
/self->path/
{
	printf("%7d %-15s %4d %3d %s\n", pid, execname, errno == 0 ? (int)arg0 : -1, errno,
	    copyinstr(self->path));
	self->path = 0;
}
