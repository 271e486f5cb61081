/* Every function; words as runtime-layout.ts says. */
BEGIN
{
	@count = count(); @count = count();
	@sum = sum(7); @sum = sum(-9);
	@avg = avg(3); @avg = avg(6);
	@min = min(5); @min = min(-3); @min = min(4);
	@max = max(-5); @max = max(3); @max = max(-9);
	@stddev = stddev(-3); @stddev = stddev(4);
	@big = stddev(-5000000000); @big = stddev(5000000000);
	@keys["a", 1] = sum(1); @keys["b", 1] = sum(2); @keys["a", 2] = sum(3); @keys["a", 1] = sum(4);
	@names[execname, probename, probefunc] = count();
}
