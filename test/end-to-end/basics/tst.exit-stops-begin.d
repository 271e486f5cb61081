/* ASSERTION: the actions after exit() still run; later BEGIN clauses do not.
 * @@options: -q
 * @@nosort */

BEGIN
{
	exit(0);
	printf("same clause\n");
}

BEGIN
{
	printf("later clause\n");
}
