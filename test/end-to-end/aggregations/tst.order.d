/* Aggregations print in the order of their first use, each by value, then by its keys from the first.
 * Values have signs.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@z["late", 1] = sum(2);
	@a["second"] = sum(4);
	@a["minus"] = sum(-3);
	@a["first"] = sum(4);
	@z["early", 2] = sum(2);
	@z["early", 1] = sum(2);
	@ = count();
	exit(0);
}
