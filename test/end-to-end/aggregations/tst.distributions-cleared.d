/* What clear() leaves: -1 to 1, or the first three rows.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@q = quantize(1000);
	@l = lquantize(50, 0, 100, 10);
	clear(@q);
	clear(@l);
	exit(0);
}
