/* ASSERTION: as many speculations as there can be are taken in turn.
 * @@options: -q -x nspec=4096
 * @@nosort */

BEGIN
{
	first = speculation();
	second = speculation();
	printf("%d %d\n", first, second);
}

BEGIN
{
	speculate(4096);
	printf("never shown\n");
}

BEGIN
{
	speculate(second);
	printf("shown\n");
}

BEGIN
{
	commit(second);
}

BEGIN
{
	exit(0);
}
