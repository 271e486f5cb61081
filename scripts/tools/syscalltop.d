/*
 * syscalltop - system calls by name: how often, how many failed, for how long
 *
 * Usage:    dtrace --tools syscalltop [pid | -c command]
 * Columns:  CALL, COUNT, ERRORS, TIME in the call (microseconds)
 * Example:  dtrace --tools syscalltop -c 'ls /'
 *
 * A call that does not return (exit_group, an execve that succeeds elsewhere) is not counted.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


syscall:::entry
/is_wanted/
{
	self->since = timestamp;
}

syscall:::return
/self->since/
{
	@calls[probefunc] = count();
	@errors[probefunc] = sum(errno != 0);
	@times[probefunc] = sum(timestamp - self->since);
	self->since = 0;
}

dtrace:::END
{
	normalize(@times, 1000);
	printf("%-24s %8s %8s %12s\n", "CALL", "COUNT", "ERRORS", "TIME");
	printa("%-24s %@8u %@8u %@12u\n", @calls, @errors, @times);
}
