/*
 * cswitch - context switches by thread: those it wanted, those it did not
 *
 * Usage:    dtrace --tools cswitch [pid | -c command]
 * Columns:  PID, TID and COMMAND, SLEEPS it waited for something, PREEMPTED others took its turn
 * Example:  dtrace --tools cswitch -c 'sleep 1'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sched:::sleep
/is_wanted/
{
	@sleeps[pid, tid, execname] = count();
}

sched:::preempt
/is_wanted/
{
	@preempted[pid, tid, execname] = count();
}

dtrace:::END
{
	printf("%7s %7s %-15s %8s %9s\n", "PID", "TID", "COMMAND", "SLEEPS", "PREEMPTED");
	printa("%7d %7d %-15s %@8u %@9u\n", @sleeps, @preempted);
}
