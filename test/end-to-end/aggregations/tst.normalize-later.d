/* normalize() changes what is shown of the keys there are, until denormalize(); new keys have none.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@["old"] = sum(30);
	normalize(@, 10);
	printa("%s %@d\n", @);
}

tick-2s
{
	@["old"] = sum(70);
	@["new"] = sum(50);
	printa("%s %@d\n", @);
	denormalize(@);
	printa("%s %@d\n", @);
	exit(0);
}
