/*
 * cpudist - how long threads run until they leave their CPU: a distribution
 *
 * Usage:    dtrace --tools cpudist [pid | -c command]
 * Columns:  for each COMMAND, powers of two of microseconds and how many turns took that long
 * Example:  dtrace --tools cpudist -c 'ls /'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sched:::on-cpu
/is_wanted/
{
	self->since = timestamp;
}

sched:::off-cpu
/self->since/
{
	@turns[execname] = quantize((timestamp - self->since) / 1000);
	self->since = 0;
}

dtrace:::END
{
	printf("COMMAND and its turns (us)\n");
	printa("\n%s%@d", @turns);
}
