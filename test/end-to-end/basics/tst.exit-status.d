/* ASSERTION: the status of exit() is the status of dtrace.
 * @@status: 7 */

BEGIN
{
	exit(7);
}
