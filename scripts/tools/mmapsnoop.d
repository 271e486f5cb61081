/*
 * mmapsnoop - memory mapped: how much, for what, of which file
 *
 * Usage:    dtrace --tools mmapsnoop [pid | -c command]
 * Columns:  PID and COMMAND, ADDRESS, BYTES, RWX what it allows, KIND shared or private,
 *           PATH of the file (anonymous: none)
 * Example:  dtrace --tools mmapsnoop -c true
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %12s %10s %-3s %-7s %s\n", "PID", "COMMAND", "ADDRESS", "BYTES", "RWX",
	    "KIND", "PATH");
}

syscall::mmap:entry
/is_wanted/
{
	self->bytes = arg1;
	self->allows = arg2;
	self->flags = arg3;
	self->file = (int)arg4;
	self->inside = 1;
}

/** 0x20 is MAP_ANONYMOUS. */
syscall::mmap:return
/self->inside && errno == 0/
{
	printf("%7d %-15s %12x %10d %s%s%s %-7s %s\n", pid, execname, arg0, self->bytes,
	    self->allows & 1 ? "r" : "-", self->allows & 2 ? "w" : "-",
	    self->allows & 4 ? "x" : "-", self->flags & 1 ? "shared" : "private",
	    self->flags & 0x20 ? "anonymous" : fds[self->file].fi_pathname);
}

syscall::mmap:return
/self->inside/
{
	self->inside = 0;
	self->bytes = 0;
	self->allows = 0;
	self->flags = 0;
	self->file = 0;
}
