/* ASSERTION: normalize() divides what is shown until denormalize().
 * @@options: -q
 * @@nosort */

BEGIN
{
	@ = sum(100);
	normalize(@, 10);
	printa("%@d\n", @);
	denormalize(@);
	printa("%@d\n", @);
	exit(0);
}
