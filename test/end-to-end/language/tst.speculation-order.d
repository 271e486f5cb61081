/*
 * What records nothing may stand anywhere; discard() has no order.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	taken = speculation();
	x = 1;
	speculate(taken);
	printf("speculative\n");
	x++;
}

BEGIN
{
	x++;
	commit(taken);
	x++;
	discard(0);
}

BEGIN
{
	discard(0);
	printf("%d\n", x);
	discard(0);
	exit(0);
}
