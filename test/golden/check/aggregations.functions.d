BEGIN
{
	@ = count();
	@sums[execname, pid] = sum(arg0);
	@sizes[ustack(3), probefunc] = quantize(arg0, 2);
	@linear = lquantize(arg0, 0, 100, 10);
	@powers = llquantize(arg0, 10, 0, 6, 20);
	@spots[sym(arg0), stack()] = avg(pid);
	@ = count();
}

END
{
	printa(@);
	printa("%s %d %@d\n", @sums);
	normalize(@sums, 1000);
	trunc(@sums, 5);
	clear(@sizes);
}
