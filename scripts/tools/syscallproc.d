/*
 * syscallproc - system calls by process
 *
 * Usage:    dtrace --tools syscallproc [pid | -c command]
 * Columns:  PID and COMMAND, COUNT of calls
 * Example:  dtrace --tools syscallproc -c 'nice ls /'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


syscall:::entry
/is_wanted/
{
	@calls[pid, execname] = count();
}

dtrace:::END
{
	printf("%7s %-15s %10s\n", "PID", "COMMAND", "COUNT");
	printa("%7d %-15s %@10u\n", @calls);
}
