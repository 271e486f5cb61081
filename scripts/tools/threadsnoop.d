/*
 * threadsnoop - threads made, and by which thread
 *
 * Usage:    dtrace --tools threadsnoop [pid | -c command]
 * Columns:  PID and COMMAND, TID of the maker, NEW the thread's id
 * Example:  dtrace --tools threadsnoop -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %7s %7s\n", "PID", "COMMAND", "TID", "NEW");
}

proc:::lwp-create
/is_wanted && args[0]->pr_lwpid != args[1]->pr_pid/
{
	printf("%7d %-15s %7d %7d\n", pid, execname, tid, args[0]->pr_lwpid);
}
