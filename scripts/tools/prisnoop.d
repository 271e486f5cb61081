/*
 * prisnoop - changes of priority and scheduling class: who, of whom, to what
 *
 * Usage:    dtrace --tools prisnoop [pid | -c command]
 * Columns:  PID and COMMAND, CALL, OF the process or thread (0: itself), VALUE the nice value,
 *           the class or the priority, ERR
 * Example:  dtrace --tools prisnoop -c 'nice -n 5 true'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


dtrace:::BEGIN
{
	printf("%7s %-15s %-20s %7s %6s %3s\n", "PID", "COMMAND", "CALL", "OF", "VALUE", "ERR");
}

syscall::setpriority:entry
/is_wanted/
{
	self->of = arg1;
	self->value = (int)arg2;
	self->inside = 1;
}

syscall::sched_setscheduler:entry
/is_wanted/
{
	self->of = arg0;
	self->value = (int)arg1;
	self->inside = 1;
}

syscall::sched_setparam:entry
/is_wanted/
{
	self->of = arg0;
	self->value = *(int *)copyin(arg1, sizeof (int));
	self->inside = 1;
}

/** The class is behind the size in struct sched_attr. */
syscall::sched_setattr:entry
/is_wanted/
{
	self->of = arg0;
	self->value = *(int *)copyin(arg1 + 4, sizeof (int));
	self->inside = 1;
}

syscall::setpriority:return, syscall::sched_setscheduler:return, syscall::sched_setparam:return,
syscall::sched_setattr:return
/self->inside/
{
	printf("%7d %-15s %-20s %7d %6d %3d\n", pid, execname, probefunc, self->of, self->value,
	    errno);
	self->inside = 0;
	self->of = 0;
	self->value = 0;
}

sched:::change-pri
/is_wanted && !self->inside/
{
	printf("%7d %-15s %-20s %7d %6d %3d\n", pid, execname, "(inherited)", args[0]->pr_lwpid,
	    args[2], 0);
}
