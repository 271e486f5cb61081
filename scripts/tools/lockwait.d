/*
 * lockwait - locks of the kernel that threads waited for, by where in the kernel
 *
 * Usage:    dtrace --tools lockwait [pid | -c command]
 * Columns:  COMMAND, KIND of lock and wait (as lockstat's probes), WHERE the stack, WAITS, TIME (ns)
 * Example:  dtrace --tools lockwait -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


lockstat:::adaptive-block, lockstat:::adaptive-spin, lockstat:::spin-spin, lockstat:::rw-block
/is_wanted/
{
	@waits[execname, probename, stack(6)] = count();
	@times[execname, probename, stack(6)] = sum(arg1);
}

dtrace:::END
{
	printf("COMMAND KIND, stack, waits and time (ns)\n");
	printa("\n%s %s%k%@16u %@16u\n", @waits, @times);
}
