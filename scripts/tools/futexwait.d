/*
 * futexwait - waits for futexes (the locks of programs): how many, how long
 *
 * Usage:    dtrace --tools futexwait [pid | -c command]
 * Columns:  PID and COMMAND, FUTEX its address, WAITS, TIME in them (us), where the program waits
 * Example:  dtrace --tools futexwait -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


/** FUTEX_WAIT, FUTEX_LOCK_PI, FUTEX_WAIT_BITSET, FUTEX_WAIT_REQUEUE_PI, without their flags. */
syscall::futex:entry
/is_wanted && ((arg1 & 0x7f) == 0 || (arg1 & 0x7f) == 6 || (arg1 & 0x7f) == 9 ||
    (arg1 & 0x7f) == 11)/
{
	self->futex = arg0;
	self->since = timestamp;
}

syscall::futex:return
/self->futex/
{
	@waits[pid, execname, self->futex, ustack(4)] = count();
	@times[pid, execname, self->futex, ustack(4)] = sum((timestamp - self->since) / 1000);
	self->futex = 0;
	self->since = 0;
}

dtrace:::END
{
	printf("PID COMMAND FUTEX, stack, waits and time (us)\n");
	printa("\n%d %s %x%k%@16u %@16u\n", @waits, @times);
}
