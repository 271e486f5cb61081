/* aggpack draws each distribution in a line.
 * @@options: -q -xaggpack -xencoding=ascii
 * @@nosort */

BEGIN
{
	@["a"] = quantize(3);
	@["a"] = quantize(300);
	@["b"] = quantize(3, 20);
	@steps = lquantize(5, 0, 10);
	@counted["c"] = count();
	exit(0);
}
