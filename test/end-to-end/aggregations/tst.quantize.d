/* ASSERTION: quantize draws one row beyond its values on each side.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@ = quantize(1);
	@ = quantize(5);
	@ = quantize(5);
	@ = quantize(-1);
	exit(0);
}
