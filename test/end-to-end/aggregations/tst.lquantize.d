/* ASSERTION: lquantize draws its steps, and what lies outside.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@ = lquantize(3, 0, 10, 2);
	@ = lquantize(7, 0, 10, 2);
	@ = lquantize(-7, 0, 10, 2);
	@ = lquantize(70, 0, 10, 2);
	exit(0);
}
