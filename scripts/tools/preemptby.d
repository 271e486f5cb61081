/*
 * preemptby - who takes the CPU from whom
 *
 * Usage:    dtrace --tools preemptby [pid | -c command]
 * Columns:  PID and COMMAND that would have gone on, BY and PID who came, COUNT
 * Example:  dtrace --tools preemptby -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sched:::preempt
/is_wanted/
{
	self->is_preempted = 1;
}

sched:::off-cpu
/self->is_preempted/
{
	@preempted[pid, execname, args[1]->pr_fname, args[1]->pr_pid] = count();
	self->is_preempted = 0;
}

dtrace:::END
{
	printf("%7s %-15s    %-15s %7s %8s\n", "PID", "COMMAND", "BY", "PID", "COUNT");
	printa("%7d %-15s <- %-15s %7d %@8u\n", @preempted);
}
