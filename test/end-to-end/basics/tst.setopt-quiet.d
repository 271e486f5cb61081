/* ASSERTION: setopt("quiet") takes effect for the records after it.
 * @@options: -xcpu=0
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
