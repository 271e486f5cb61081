/* ASSERTION: every function that gives one number, through printa with %@d.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@count = count();
	@sum = sum(10);
	@sum = sum(-4);
	@avg = avg(10);
	@avg = avg(21);
	@min = min(3);
	@min = min(-3);
	@max = max(3);
	@max = max(-3);
	@stddev = stddev(2);
	@stddev = stddev(4);
	printa("%@d\n", @count);
	printa("%@d\n", @sum);
	printa("%@d\n", @avg);
	printa("%@d\n", @min);
	printa("%@d\n", @max);
	printa("%@d\n", @stddev);
	exit(0);
}
