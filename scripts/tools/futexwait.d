/*
 * futexwait - waits for futexes (the locks of programs): how many, how long
 *
 * Usage:    dtrace --tools futexwait [pid | -c command]
 * Columns:  PID and COMMAND, FUTEX its address, WAITS, TIME in them (us)
 * Example:  dtrace --tools futexwait -c ./program
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

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
	@waits[pid, execname, self->futex] = count();
	@times[pid, execname, self->futex] = sum((timestamp - self->since) / 1000);
	self->futex = 0;
	self->since = 0;
}

dtrace:::END
{
	printf("%7s %-15s %16s %8s %10s\n", "PID", "COMMAND", "FUTEX", "WAITS", "TIME");
	printa("%7d %-15s %16x %@8u %@10u\n", @waits, @times);
}
