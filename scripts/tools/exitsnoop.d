/*
 * exitsnoop - processes that end: why, and how long they lived
 *
 * Usage:    dtrace --tools exitsnoop [pid | -c command]
 * Columns:  PID, PPID and COMMAND, AGE since it was made (ms), REASON exited, killed or
 *           dumped (core), CODE the exit status or the signal
 * Example:  dtrace --tools exitsnoop -c 'nice false'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %7s %-15s %9s %-7s %4s\n", "PID", "PPID", "COMMAND", "AGE", "REASON", "CODE");
}

proc:::exit
/is_wanted/
{
	this->age = timestamp - curthread->group_leader->start_time;
	printf("%7d %7d %-15s %9d %-7s %4d\n", pid, ppid, execname, this->age / 1000000,
	    args[0] == CLD_EXITED ? "exited" : args[0] == CLD_DUMPED ? "dumped" : "killed",
	    args[0] == CLD_EXITED ? curthread->exit_code >> 8 : curthread->exit_code & 0x7f);
}
