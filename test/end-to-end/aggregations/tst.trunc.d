/* ASSERTION: trunc(@, n) keeps the n largest, trunc(@) keeps none.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@["a"] = sum(1);
	@["b"] = sum(3);
	@["c"] = sum(2);
	trunc(@, 2);
	printa("%s %@d\n", @);
	trunc(@);
	printa("gone %s %@d\n", @);
	exit(0);
}
