/* aggzoom makes the longest bar as wide as the distribution.
 * @@options: -q -xaggzoom -xencoding=ascii
 * @@nosort */

BEGIN
{
	@ = quantize(1, 30);
	@ = quantize(2, 10);
	@ = quantize(4, 20);
	exit(0);
}
