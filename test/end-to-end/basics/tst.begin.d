/* ASSERTION: a record of BEGIN prints in the default columns, with the heading once.
 * @@options: -xcpu=0
 * @@nosort */

BEGIN
{
	trace(1);
	exit(0);
}
