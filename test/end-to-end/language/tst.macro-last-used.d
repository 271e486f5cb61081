/*
 * Only the last operand must be used.
 *
 * @@options: -q
 * @@arguments: one 2
 * @@nosort
 */
BEGIN
{
	printf("%d\n", $2);
	exit(0);
}
