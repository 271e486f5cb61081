/*
 * syslatency - how long system calls take: a distribution for each
 *
 * Usage:    dtrace --tools syslatency [pid | -c command]
 * Columns:  for each CALL, powers of two of nanoseconds and how many calls took that long
 * Example:  dtrace --tools syslatency -c 'ls /'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


syscall:::entry
/is_wanted/
{
	self->since = timestamp;
}

syscall:::return
/self->since/
{
	@times[probefunc] = quantize(timestamp - self->since);
	self->since = 0;
}

dtrace:::END
{
	printf("CALL and its times (ns)\n");
	printa("\n%s%@d", @times);
}
