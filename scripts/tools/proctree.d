/*
 * proctree - the life of a tree of processes: made, executed, ended, in time
 *
 * Usage:    dtrace --tools proctree [pid | -c command]
 * Columns:  TIME since the tool began (ms), PID, EVENT: a step to the right for each generation
 * Example:  dtrace --tools proctree -c 'sh script'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


int depth[pid_t];

dtrace:::BEGIN
{
	began = timestamp;
	printf("%8s %7s %s\n", "TIME", "PID", "EVENT");
}

proc:::create
/is_wanted/
{
	depth[args[0]->pr_pid] = depth[pid] + 2;
	printf("%8d %7d %*s%s makes %d\n", (timestamp - began) / 1000000, pid, depth[pid], "",
	    execname, args[0]->pr_pid);
}

proc:::exec-success
/is_wanted/
{
	printf("%8d %7d %*s%s\n", (timestamp - began) / 1000000, pid, depth[pid], "",
	    curpsinfo->pr_psargs);
}

proc:::exit
/is_wanted/
{
	printf("%8d %7d %*s%s ends: %s %d\n", (timestamp - began) / 1000000, pid, depth[pid], "",
	    execname, args[0] == CLD_EXITED ? "status" : "signal",
	    args[0] == CLD_EXITED ? curthread->exit_code >> 8 : curthread->exit_code & 0x7f);
	depth[pid] = 0;
}
