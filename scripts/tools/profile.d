/*
 * profile - where programs spend their time on the CPU: samples of their stacks
 *
 * Usage:    dtrace --tools profile [pid | -c command]
 * Columns:  COMMAND, the kernel's stack and the program's, samples (97 a second on each CPU)
 * Example:  dtrace --tools profile -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


profile:::profile-97
/is_wanted/
{
	@samples[execname, stack(), ustack()] = count();
}

dtrace:::END
{
	printf("COMMAND, its stacks and how often they were seen\n");
	printa("\n%s%k%k%@16u\n", @samples);
}
