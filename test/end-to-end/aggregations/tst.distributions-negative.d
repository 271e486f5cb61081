/* Counts below zero: bars from the right; both kinds from the middle.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@below = lquantize(5, 0, 100, 10, -3);
	@below = lquantize(15, 0, 100, 10, -1);
	@both = quantize(1, -4);
	@both = quantize(2, 4);
	exit(0);
}
