/* ASSERTION: a faulting predicate gives its clause up and says so.
 * @@options: -q
 * @@nosort */

BEGIN
{
	zero = 0;
}

BEGIN
/1 / zero/
{
	printf("never\n");
}

BEGIN
{
	exit(0);
}
