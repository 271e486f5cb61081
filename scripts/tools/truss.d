/*
 * truss - the system calls of a process as they happen, with arguments and results
 *
 * Usage:    dtrace --tools truss [pid | -c command]
 * Columns:  TIME since the tool began (us), TID, CALL with its first arguments (paths as text) and
 *           what it returned
 * Example:  dtrace --tools truss -c 'cat /etc/hostname'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	began = timestamp;
	printf("%9s %7s %s\n", "TIME", "TID", "CALL");
}

syscall:::entry
/is_wanted/
{
	self->first = arg0;
	self->second = arg1;
	self->third = arg2;
	self->inside = 1;
}

syscall::open:return, syscall::stat:return, syscall::access:return,
syscall::chdir:return, syscall::unlink:return, syscall::mkdir:return, syscall::readlink:return
/self->inside/
{
	self->inside = 0;
	printf("%9d %7d %s(\"%S\", 0x%x, 0x%x)", (timestamp - began) / 1000, tid, probefunc,
	    copyinstr(self->first), self->second, self->third);
	self->shown = 1;
}

syscall::openat:return, syscall::newfstatat:return, syscall::unlinkat:return,
syscall::mkdirat:return, syscall::faccessat:return, syscall::readlinkat:return,
syscall::statx:return
/self->inside/
{
	self->inside = 0;
	printf("%9d %7d %s(%d, \"%S\", 0x%x)", (timestamp - began) / 1000, tid, probefunc,
	    (int)self->first, copyinstr(self->second), self->third);
	self->shown = 1;
}

syscall:::return
/self->inside/
{
	self->inside = 0;
	printf("%9d %7d %s(0x%x, 0x%x, 0x%x)", (timestamp - began) / 1000, tid, probefunc,
	    self->first, self->second, self->third);
	self->shown = 1;
}

syscall:::return
/self->shown && errno == 0/
{
	printf(" = %d\n", (int64_t)arg0);
}

syscall:::return
/self->shown && errno != 0/
{
	printf(" fails with error %d\n", errno);
}

syscall:::return
/self->shown/
{
	self->shown = 0;
	self->first = 0;
	self->second = 0;
	self->third = 0;
}
