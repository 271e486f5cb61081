/* stop() stops the process of the firing until somebody lets it go on.
 * @@options: -qw
 * @@trigger: dd if=/dev/zero of=/dev/null bs=7 count=1 status=none
 * @@nosort */

syscall::write:entry
/pid == $target && arg2 == 7/
{
	stop();
	system("grep State /proc/%d/status; kill -CONT %d", pid, pid);
	stopped = 1;
}

syscall::exit_group:entry
/pid == $target && stopped/
{
	printf("went on\n");
}
