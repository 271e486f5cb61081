/* %@ takes aggregations from left to right and the last again; keys may be left out.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@a["k", 1] = count();
	@b["k", 1] = sum(7);
	printa("%s %d %@d %@d %@d\n", @a, @b);
	printa("%s\n", @a, @b);
	printa("%@d\n", @a);
	printa("[%@5d] [%@-5d] [%@x] [%@u]\n", @b);
	exit(0);
}
