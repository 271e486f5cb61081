/* A dump is the same where output is quiet; rawbytes dumps every string.
 * @@options: -q -xstrsize=16 -xrawbytes
 * @@nosort */

BEGIN
{
	trace("printable");
	trace(12);
	exit(0);
}
