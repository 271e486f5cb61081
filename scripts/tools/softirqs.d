/*
 * softirqs - software interrupts by kind: how many, how long
 *
 * Usage:    dtrace --tools softirqs [pid | -c command]
 * Columns:  KIND, COMMAND that was interrupted, COUNT, TIME (us)
 * Example:  dtrace --tools softirqs -c 'ping -c 3 localhost'
 *
 * Of one process: those that ran in its place.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


/** In the order of linux/interrupt.h. */
inline string softirq_name[unsigned int kind] =
    kind == 0 ? "tasklet-high" : kind == 1 ? "timer" : kind == 2 ? "net-send" :
    kind == 3 ? "net-receive" : kind == 4 ? "block" : kind == 5 ? "poll" :
    kind == 6 ? "tasklet" : kind == 7 ? "balance" : kind == 8 ? "hrtimer" :
    kind == 9 ? "rcu" : "unknown";

sdt:irq::softirq_entry
/is_wanted/
{
	since[cpu] = timestamp;
}

sdt:irq::softirq_exit
/since[cpu]/
{
	@counts[softirq_name[args[0]], execname] = count();
	@times[softirq_name[args[0]], execname] = sum(timestamp - since[cpu]);
	since[cpu] = 0;
}

dtrace:::END
{
	normalize(@times, 1000);
	printf("%-14s %-15s %8s %10s\n", "KIND", "COMMAND", "COUNT", "TIME");
	printa("%-14s %-15s %@8u %@10u\n", @counts, @times);
}
