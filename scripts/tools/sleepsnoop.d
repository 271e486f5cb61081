/*
 * sleepsnoop - sleeps: how long was asked for, how long they took
 *
 * Usage:    dtrace --tools sleepsnoop [pid | -c command]
 * Columns:  PID, TID and COMMAND, CALL, ASKED and SLEPT (us; asked 0: until a point in time)
 * Example:  dtrace --tools sleepsnoop -c 'sleep 0.1'
 */

#pragma D option quiet
#pragma D option defaultargs
#pragma D option zdefs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %7s %-15s %-15s %10s %10s\n", "PID", "TID", "COMMAND", "CALL", "ASKED",
	    "SLEPT");
}

syscall::nanosleep:entry
/is_wanted/
{
	this->asked = copyin(arg0, 2 * sizeof (long));
	self->time = *(long *)this->asked * 1000000 + *((long *)this->asked + 1) / 1000;
	self->since = timestamp;
}

/** TIMER_ABSTIME is 1. */
syscall::clock_nanosleep:entry
/is_wanted/
{
	this->asked = copyin(arg2, 2 * sizeof (long));
	self->time = arg1 & 1 ? 0 :
	    *(long *)this->asked * 1000000 + *((long *)this->asked + 1) / 1000;
	self->since = timestamp;
}

syscall::nanosleep:return, syscall::clock_nanosleep:return
/self->since/
{
	printf("%7d %7d %-15s %-15s %10d %10d\n", pid, tid, execname, probefunc, self->time,
	    (timestamp - self->since) / 1000);
	self->since = 0;
	self->time = 0;
}
