/* ASSERTION: trace of a string pads to 33 columns in the default form.
 * @@options: -xcpu=0
 * @@nosort */

BEGIN
{
	trace("abc");
	exit(0);
}
