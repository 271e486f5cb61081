/* ASSERTION: * takes width and precision from the arguments.
 * @@options: -q
 * @@nosort */

BEGIN
{
	printf("[%*d] [%.*s]\n", 6, 42, 2, "text");
	exit(0);
}
