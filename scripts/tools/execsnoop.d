/*
 * execsnoop - programs executed, with their arguments
 *
 * Usage:    dtrace --tools execsnoop [pid | -c command]
 * Columns:  TIME since the tool began (ms), PID and PPID, ERR why it failed (0: it did
 *           not), ARGS the arguments (of a failure: the path)
 * Example:  dtrace --tools execsnoop -c 'nice true'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	began = timestamp;
	printf("%8s %7s %7s %3s %s\n", "TIME", "PID", "PPID", "ERR", "ARGS");
}

proc:::exec
/is_wanted/
{
	self->path = args[0];
}

proc:::exec-success
/is_wanted/
{
	printf("%8d %7d %7d %3d %s\n", (timestamp - began) / 1000000, pid, ppid, 0,
	    curpsinfo->pr_psargs);
	self->path = 0;
}

proc:::exec-failure
/is_wanted/
{
	printf("%8d %7d %7d %3d %s\n", (timestamp - began) / 1000000, pid, ppid, args[0],
	    self->path);
	self->path = 0;
}
