/* ASSERTION: committed records show where the commit stands; discarded ones never.
 * @@options: -q -xnspec=2
 * @@nosort */

BEGIN
{
	kept = speculation();
	lost = speculation();
}

BEGIN
{
	speculate(kept);
	printf("kept\n");
}

BEGIN
{
	speculate(lost);
	printf("lost\n");
}

BEGIN
{
	printf("before\n");
}

BEGIN
{
	commit(kept);
}

BEGIN
{
	discard(lost);
}

BEGIN
{
	printf("after\n");
	exit(0);
}
