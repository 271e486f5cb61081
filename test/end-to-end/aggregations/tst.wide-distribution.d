/* ASSERTION: a distribution of ten thousand buckets, on all CPUs, without a key.
 * @@options: -q
 * @@trigger: dd if=/dev/zero of=/dev/null bs=700 count=1000 status=none
 * @@nosort */

syscall::write:entry
/pid == $target && arg2 == 700/
{
	@ = llquantize(arg2, 10, 0, 10, 1000);
	@total = count();
}

END
{
	printa(@);
	printa("%@d", @total);
}
