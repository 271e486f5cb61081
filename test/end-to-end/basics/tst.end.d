/* ASSERTION: END runs after exit(), and its record comes last.
 * @@options: -q
 * @@nosort */

END
{
	printf("end\n");
}

BEGIN
{
	printf("begin\n");
	exit(0);
}
