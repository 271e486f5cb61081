/* Blocks with keys; rows from one before the first to one after the last that is not empty.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@q["powers", 1] = quantize(-3);
	@q["powers", 1] = quantize(0);
	@q["powers", 1] = quantize(6, 2);
	@l["steps"] = lquantize(-20, -10, 20, 10);
	@l["steps"] = lquantize(20, -10, 20, 10, 3);
	@m["inside"] = lquantize(5, 0, 100);
	@ll["magnitudes"] = llquantize(3, 10, 0, 2, 10);
	@ll["magnitudes"] = llquantize(30, 10, 0, 2, 10);
	@ll["magnitudes"] = llquantize(3000, 10, 0, 2, 10);
	exit(0);
}
