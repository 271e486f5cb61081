/* What is added up beside the value's own computation. @@status: 5 */
#pragma D option quiet

BEGIN
{
	i = 3;
	@ = lquantize(i++, 0, 10, 1, 2);
	@ = lquantize(i++, 0, 10, 1, 3);
	exit(i);
}
