/*
 * wakeups - who wakes whom, and how often
 *
 * Usage:    dtrace --tools wakeups [pid | -c command]
 * Columns:  WAKER and its pid, WOKEN and its pid, COUNT
 * Example:  dtrace --tools wakeups -c './program'
 *
 * A pid is that of the waker or of the woken. Interrupts wake in the name of whoever they
 * interrupt.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_waker = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));

sched:::wakeup
/is_waker || ($1 != 0 && args[1]->pr_pid == $1)/
{
	@wakeups[execname, pid, args[1]->pr_fname, args[1]->pr_pid] = count();
}

dtrace:::END
{
	printf("%-15s %7s    %-15s %7s %8s\n", "WAKER", "PID", "WOKEN", "PID", "COUNT");
	printa("%-15s %7d -> %-15s %7d %@8u\n", @wakeups);
}
