/* ASSERTION: a clause whose predicate is 0 records nothing.
 * @@options: -q
 * @@nosort */

BEGIN
/0/
{
	printf("no\n");
}

BEGIN
/1/
{
	printf("yes\n");
	exit(0);
}
