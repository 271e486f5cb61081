/*
 * timersnoop - timers of the kernel that were started: by whom, what they call
 *
 * Usage:    dtrace --tools timersnoop [pid | -c command]
 * Columns:  PID and COMMAND, KIND high-resolution or wheel, CALLS the kernel's function, COUNT
 * Example:  dtrace --tools timersnoop -c 'sleep 1'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sdt:timer::hrtimer_start
/is_wanted/
{
	@timers[pid, execname, "hrtimer", (uintptr_t)args[0]->function] = count();
}

sdt:timer::timer_start
/is_wanted/
{
	@timers[pid, execname, "wheel", (uintptr_t)args[0]->function] = count();
}

dtrace:::END
{
	printf("%7s %-15s %-8s %-36s %8s\n", "PID", "COMMAND", "KIND", "CALLS", "COUNT");
	printa("%7d %-15s %-8s %-36a %@8u\n", @timers);
}
