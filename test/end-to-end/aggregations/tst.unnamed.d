/* The aggregation without a name is the one named _.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@ = count();
	@_ = count();
	printa("%@u\n", @_);
	exit(0);
}
