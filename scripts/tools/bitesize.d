/*
 * bitesize - how large disk requests are: a distribution for each process
 *
 * Usage:    dtrace --tools bitesize [pid | -c command]
 * Columns:  for each PID, COMMAND and direction, powers of two of bytes and how many requests
 *           had that size
 * Example:  dtrace --tools bitesize -c 'dd if=/dev/zero of=file bs=4k count=8 oflag=direct'
 *
 * Requests are those of the process that hands them to the device: of direct and synchronous I/O
 * that is who asked for it, of other writes a thread of the kernel.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


io:::start
/is_wanted/
{
	@sizes[pid, execname, args[0]->b_flags & B_READ ? "read" : "write"] =
	    quantize(args[0]->b_bcount);
}

dtrace:::END
{
	printf("PID, COMMAND, direction and sizes (bytes)\n");
	printa("\n%d %s %s%@d", @sizes);
}
