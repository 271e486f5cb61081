/*
 * runqlat - how long threads wait for a CPU once they could run: a distribution
 *
 * Usage:    dtrace --tools runqlat [pid | -c command]
 * Columns:  for each COMMAND, powers of two of microseconds and how many waits took that long
 * Example:  dtrace --tools runqlat -c 'sleep 1'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sched:::enqueue
{
	since[args[0]->pr_lwpid] = timestamp;
}

sched:::preempt
{
	since[tid] = timestamp;
}

sched:::on-cpu
/since[tid] && is_wanted/
{
	@waits[execname] = quantize((timestamp - since[tid]) / 1000);
}

sched:::on-cpu
/since[tid]/
{
	since[tid] = 0;
}

dtrace:::END
{
	printf("COMMAND and its waits (us)\n");
	printa("\n%s%@d", @waits);
}
