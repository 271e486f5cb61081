/* ASSERTION: exit() in END overrides the status.
 * @@status: 4 */

BEGIN
{
	exit(3);
}

END
{
	exit(4);
}
