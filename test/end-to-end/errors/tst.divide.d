/* ASSERTION: a division by zero is reported with the clause and action; tracing goes on.
 * @@options: -q
 * @@nosort */

BEGIN
{
	zero = 0;
	printf("never\n");
	trace(1 / zero);
}

BEGIN
{
	printf("after\n");
	exit(0);
}
