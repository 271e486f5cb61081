/*
 * perfcounts - the kernel's own performance counters: faults, switches, migrations, time
 *
 * Usage:    dtrace --tools perfcounts [pid | -c command]
 * Columns:  PID and COMMAND, FAULTS of pages, SWITCHES of context, MOVES to another CPU,
 *           TIME on a CPU (us, in steps of 100)
 * Example:  dtrace --tools perfcounts -c 'ls /'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


cpc:::page_faults-all-1
/is_wanted/
{
	@faults[pid, execname] = count();
}

cpc:::context_switches-all-1
/is_wanted/
{
	@switches[pid, execname] = count();
}

cpc:::cpu_migrations-all-1
/is_wanted/
{
	@moves[pid, execname] = count();
}

cpc:::task_clock-all-100000
/is_wanted/
{
	@times[pid, execname] = sum(100);
}

dtrace:::END
{
	printf("%7s %-15s %9s %9s %7s %10s\n", "PID", "COMMAND", "FAULTS", "SWITCHES", "MOVES",
	    "TIME");
	printa("%7d %-15s %@9u %@9u %@7u %@10u\n", @faults, @switches, @moves, @times);
}
