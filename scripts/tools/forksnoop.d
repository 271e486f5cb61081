/*
 * forksnoop - processes made, and by whom
 *
 * Usage:    dtrace --tools forksnoop [pid | -c command]
 * Columns:  TIME since the tool began (ms), PID and COMMAND of the maker, CHILD the new
 *           process
 * Example:  dtrace --tools forksnoop -c 'sh script'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	began = timestamp;
	printf("%8s %7s %-15s %7s\n", "TIME", "PID", "COMMAND", "CHILD");
}

proc:::create
/is_wanted/
{
	printf("%8d %7d %-15s %7d\n", (timestamp - began) / 1000000, pid, execname,
	    args[0]->pr_pid);
}
