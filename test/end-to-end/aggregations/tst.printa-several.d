/* ASSERTION: printa joins aggregations by key; a missing one is 0.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@a["x"] = count();
	@b["x"] = sum(7);
	@b["y"] = sum(9);
	printa("%s %@d %@d\n", @a, @b);
	exit(0);
}
