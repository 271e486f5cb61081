/* What printa() showed is not shown again at the end, unless it is another aggregation.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@shown["a"] = count();
	@beside["a"] = count();
	@left["a"] = count();
	printa("%s %@d\n", @shown);
	printa("only the first: %@d\n", @beside, @left);
	exit(0);
}
