/*
 * workqueues - work handed to the kernel's workers: by whom, what they call
 *
 * Usage:    dtrace --tools workqueues [pid | -c command]
 * Columns:  PID and COMMAND, CALLS the kernel's function, COUNT
 * Example:  dtrace --tools workqueues -c './program'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sdt:workqueue::workqueue_queue_work
/is_wanted/
{
	@works[pid, execname, (uintptr_t)args[2]->func] = count();
}

dtrace:::END
{
	printf("%7s %-15s %-40s %8s\n", "PID", "COMMAND", "CALLS", "COUNT");
	printa("%7d %-15s %-40a %@8u\n", @works);
}
