/*
 * cachemisses - where programs miss the processor's caches: samples of their stacks
 *
 * Usage:    dtrace --tools cachemisses [pid | -c command]
 * Columns:  PID and COMMAND, the program's stack, SAMPLES (each stands for 10000 misses)
 * Example:  dtrace --tools cachemisses -c ./program
 *
 * Needs a processor with counters: most virtual machines have none, and dtrace says so.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


cpc:::cache_misses-all-10000
/is_wanted/
{
	@misses[pid, execname, ustack(6)] = count();
}

dtrace:::END
{
	printf("PID COMMAND, stack and samples of 10000 cache misses\n");
	printa("\n%d %s%k%@16u\n", @misses);
}
