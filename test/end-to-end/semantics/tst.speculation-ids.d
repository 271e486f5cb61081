/* ASSERTION: no speculation that is free is 0; speculate(0) drops the record, commit(0) and
 * discard(0) do nothing; an id above nspec is passed over by speculate() and a fault of the others.
 * @@options: -q
 * @@nosort */

BEGIN
{
	one = speculation();
	none = speculation();
	printf("%d %d\n", one, none);
}

BEGIN
{
	speculate(none);
	printf("never shown\n");
}

BEGIN
{
	commit(0);
}

BEGIN
{
	discard(0);
}

BEGIN
{
	speculate(2);
	printf("never shown\n");
}

BEGIN
{
	commit(2);
}

BEGIN
{
	discard(2);
}

BEGIN
{
	speculate(one);
	printf("committed\n");
}

BEGIN
{
	commit(one);
}

BEGIN
{
	exit(0);
}
