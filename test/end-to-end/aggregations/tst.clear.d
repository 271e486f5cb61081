/* ASSERTION: clear() keeps the keys with the value 0, and counting starts anew.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@["a"] = count();
	@["a"] = count();
	@["b"] = count();
	clear(@);
	printa("cleared %s %@d\n", @);
}

tick-500ms
{
	@["b"] = count();
	printa("later %s %@d\n", @);
	exit(0);
}
