/*
 * biolatency - how long disk requests take: a distribution for each device
 *
 * Usage:    dtrace --tools biolatency [pid | -c command]
 * Columns:  for each DEVICE and direction, powers of two of microseconds and how many requests
 *           took that long
 * Example:  dtrace --tools biolatency -c 'dd if=/dev/zero of=file bs=4k count=8 oflag=direct'
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
	since[arg0] = timestamp;
}

io:::done
/since[arg0]/
{
	@times[args[1]->dev_statname, args[0]->b_flags & B_READ ? "read" : "write"] =
	    quantize((timestamp - since[arg0]) / 1000);
	since[arg0] = 0;
}

dtrace:::END
{
	printf("DEVICE, direction and times (us)\n");
	printa("\n%s %s%@d", @times);
}
