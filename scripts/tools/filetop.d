/*
 * filetop - files by the bytes read from them and written to them
 *
 * Usage:    dtrace --tools filetop [pid | -c command]
 * Columns:  COMMAND, PATH, READ and WRITTEN (bytes)
 * Example:  dtrace --tools filetop -c 'cat /etc/services'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


syscall::read:entry, syscall::pread64:entry, syscall::readv:entry, syscall::write:entry,
syscall::pwrite64:entry, syscall::writev:entry
/is_wanted/
{
	self->descriptor = (int)arg0 + 1;
}

syscall::read:return, syscall::pread64:return, syscall::readv:return
/self->descriptor && errno == 0/
{
	@read[execname, fds[self->descriptor - 1].fi_pathname] = sum(arg0);
}

syscall::write:return, syscall::pwrite64:return, syscall::writev:return
/self->descriptor && errno == 0/
{
	@written[execname, fds[self->descriptor - 1].fi_pathname] = sum(arg0);
}

syscall::read:return, syscall::pread64:return, syscall::readv:return, syscall::write:return,
syscall::pwrite64:return, syscall::writev:return
{
	self->descriptor = 0;
}

dtrace:::END
{
	printf("%-15s %-44s %9s %9s\n", "COMMAND", "PATH", "READ", "WRITTEN");
	printa("%-15s %-44s %@9u %@9u\n", @read, @written);
}
