/*
 * pagefaults - page faults by process and the program's stack
 *
 * Usage:    dtrace --tools pagefaults [pid | -c command]
 * Columns:  PID and COMMAND, the program's stack, COUNT of faults; then how many read a disk
 * Example:  dtrace --tools pagefaults -c 'ls /'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


vminfo:::as_fault
/is_wanted/
{
	@faults[pid, execname, ustack(8)] = sum(arg0);
	@all[pid, execname] = sum(arg0);
}

vminfo:::maj_fault
/is_wanted/
{
	@major[pid, execname] = sum(arg0);
}

dtrace:::END
{
	printf("%7s %-15s, stack and faults\n", "PID", "COMMAND");
	printa("\n%7d %-15s%k%@16u\n", @faults);
	printf("\n%7s %-15s %8s %8s\n", "PID", "COMMAND", "FAULTS", "MAJOR");
	printa("%7d %-15s %@8u %@8u\n", @all, @major);
}
