/* ASSERTION: the actions behind exit() still run, the other clauses of BEGIN do not, END does; the
 * first exit() counts.
 * @@options: -q
 * @@status: 3
 * @@nosort */

BEGIN
{
	exit(3);
	printf("still\n");
	exit(4);
}

BEGIN
{
	printf("never shown\n");
}

syscall:::entry
{
	printf("never shown\n");
}

END
{
	printf("end\n");
}
