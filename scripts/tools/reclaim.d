/*
 * reclaim - shortage of memory: pages scanned and taken back, stalls, processes killed
 *
 * Usage:    dtrace --tools reclaim [pid | -c command]
 * Columns:  PID and COMMAND that had to do it, SCANNED and TAKEN (pages), GIVEN back because
 *           the program said so (MADV_PAGEOUT), STALLS waits for memory, KILLED for want of it
 * Example:  dtrace --tools reclaim -c ./program
 *
 * kswapd takes pages back beforehand: a process that does it itself waits meanwhile.
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


vminfo:::pgscan
/is_wanted/
{
	@scanned[pid, execname] = sum(arg0);
}

vminfo:::pgsteal
/is_wanted/
{
	@taken[pid, execname] = sum(arg0);
}

/** From Linux 6.12 on. */
sdt:vmscan::mm_vmscan_reclaim_pages
/is_wanted/
{
	@given[pid, execname] = sum(args[2]);
}

vminfo:::allocstall
/is_wanted/
{
	@stalls[pid, execname] = sum(arg0);
}

vminfo:::oom_kill
/is_wanted/
{
	@killed[pid, execname] = sum(arg0);
}

dtrace:::END
{
	printf("%7s %-15s %9s %9s %9s %7s %7s\n", "PID", "COMMAND", "SCANNED", "TAKEN", "GIVEN",
	    "STALLS", "KILLED");
	printa("%7d %-15s %@9u %@9u %@9u %@7u %@7u\n", @scanned, @taken, @given, @stalls,
	    @killed);
}
