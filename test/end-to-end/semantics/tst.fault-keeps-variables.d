/* ASSERTION: a fault takes the clause's record with it and ends the clause, not the probe; what was
 * assigned before it stays.
 * @@options: -q
 * @@nosort */

BEGIN
{
	zero = 0;
	before = 1;
	printf("never shown");
	trace(1 / zero);
	before = 2;
}

BEGIN
{
	trace(5 % zero);
}

BEGIN
/1 / zero/
{
	printf("never shown");
}

BEGIN
{
	printf("%d\n", before);
	exit(0);
}
