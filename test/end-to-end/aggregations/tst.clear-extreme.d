/* ASSERTION: min and max count anew after clear().
 * @@options: -q -xswitchrate=10ms
 * @@nosort */

BEGIN
{
	@low = min(1);
	@high = max(9);
	printa("%@d %@d\n", @low, @high);
	clear(@low);
	clear(@high);
}

tick-1s
{
	@low = min(5);
	@high = max(5);
	printa("%@d %@d\n", @low, @high);
	exit(0);
}
