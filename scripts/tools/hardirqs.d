/*
 * hardirqs - interrupts of devices by handler: how many, how long
 *
 * Usage:    dtrace --tools hardirqs [pid | -c command]
 * Columns:  HANDLER, COMMAND that was interrupted, COUNT, TIME in the handler (us)
 * Example:  dtrace --tools hardirqs 1234
 *
 * Of one process: the interrupts that came while it ran.
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sdt:irq::irq_handler_entry
/is_wanted/
{
	since[cpu] = timestamp;
}

sdt:irq::irq_handler_exit
/since[cpu]/
{
	@counts[stringof(args[1]->name), execname] = count();
	@times[stringof(args[1]->name), execname] = sum(timestamp - since[cpu]);
	since[cpu] = 0;
}

dtrace:::END
{
	normalize(@times, 1000);
	printf("%-24s %-15s %8s %10s\n", "HANDLER", "COMMAND", "COUNT", "TIME");
	printa("%-24s %-15s %@8u %@10u\n", @counts, @times);
}
