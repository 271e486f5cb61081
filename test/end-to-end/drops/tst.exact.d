/* ASSERTION: with the default buffers nothing of a fast target is lost.
 * @@options: -q
 * @@trigger: dd if=/dev/zero of=/dev/null bs=1 count=50000 status=none
 * @@nosort */

syscall::write:entry
/pid == $target/
{
	trace(timestamp);
	@ = count();
}

END
{
	printa("%@d", @);
}
