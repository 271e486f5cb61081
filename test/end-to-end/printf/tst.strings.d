/* ASSERTION: trace of a string pads to 33 columns in the default form.
 * @@options: -xquiet=no
 * @@nosort */

BEGIN
{
	trace("abc");
	exit(0);
}
