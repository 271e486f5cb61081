/* ASSERTION: a record of BEGIN prints in the default columns, with the heading once.
 * @@nosort */

BEGIN
{
	trace(1);
	exit(0);
}
