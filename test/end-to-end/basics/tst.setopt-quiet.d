/* ASSERTION: setopt("quiet") takes effect for the records after it.
 * @@nosort */

BEGIN
{
	setopt("quiet");
}

BEGIN
{
	printf("quiet\n");
	exit(0);
}
