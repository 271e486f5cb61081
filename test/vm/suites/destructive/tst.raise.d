/* raise() sends the signal to the process of the firing: this one sleeps no longer.
 * @@options: -qw
 * @@trigger: sleep 5000 */

syscall::clock_nanosleep:entry
/pid == $target/
{
	raise(SIGTERM);
	raised = 1;
}

proc:::exit
/pid == $target && raised/
{
	printf("%d %d\n", args[0] == CLD_KILLED, raised);
}
