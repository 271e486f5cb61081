/*
 * What records nothing may stand anywhere; discard() has no order.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	id = speculation();
	x = 1;
	speculate(id);
	printf("speculative\n");
	x++;
}

BEGIN
{
	x++;
	commit(id);
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
