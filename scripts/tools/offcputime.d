/*
 * offcputime - where threads leave their CPU, and how long they are gone
 *
 * Usage:    dtrace --tools offcputime [pid | -c command]
 * Columns:  COMMAND, the kernel's stack and the program's, microseconds in all
 * Example:  dtrace --tools offcputime -c 'sleep 1'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sched:::off-cpu
/is_wanted/
{
	self->since = timestamp;
}

sched:::on-cpu
/self->since/
{
	@gone[execname, stack(), ustack()] = sum((timestamp - self->since) / 1000);
	self->since = 0;
}

dtrace:::END
{
	printf("COMMAND, its stacks and the time off its CPU (us)\n");
	printa("\n%s%k%k%@16u\n", @gone);
}
