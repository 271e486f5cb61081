/* ASSERTION: every write of the target is counted; the end of the target ends tracing.
 * @@options: -q
 * @@trigger: dd if=/dev/zero of=/dev/null bs=1 count=20000 status=none
 * @@nosort */

syscall::write:entry
/pid == $target/
{
	@ = count();
}

END
{
	printa("%@d\n", @);
}
