/*
 * startphases - where the time of a process goes from its making to its end
 *
 * Usage:    dtrace --tools startphases [pid | -c command]
 * Columns:  PID and COMMAND, FORK until it executes, EXEC the kernel's work for that, LOAD until the
 *           last library's code is mapped, RUN until it ends (us)
 * Example:  dtrace --tools startphases -c 'nice true'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %9s %9s %9s %9s\n", "PID", "COMMAND", "FORK", "EXEC", "LOAD", "RUN");
}

proc:::exec
/is_wanted/
{
	asked[pid] = timestamp;
	forked[pid] = timestamp - curthread->group_leader->start_time;
}

proc:::exec-success
/asked[pid]/
{
	executed[pid] = timestamp;
	loaded[pid] = timestamp;
}

/** 4 is PROT_EXEC. */
syscall::mmap:entry
/loaded[pid]/
{
	self->is_code = (arg2 & 4) != 0 && (int)arg4 >= 0;
}

syscall::mmap:return
/loaded[pid] && self->is_code/
{
	loaded[pid] = timestamp;
}

proc:::exit
/executed[pid]/
{
	printf("%7d %-15s %9d %9d %9d %9d\n", pid, execname, forked[pid] / 1000,
	    (executed[pid] - asked[pid]) / 1000, (loaded[pid] - executed[pid]) / 1000,
	    (timestamp - loaded[pid]) / 1000);
}

proc:::exit
{
	asked[pid] = 0;
	forked[pid] = 0;
	executed[pid] = 0;
	loaded[pid] = 0;
}
