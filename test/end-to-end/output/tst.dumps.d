/* A string that does not print is dumped, all strsize bytes of it.
 * @@options: -xcpu=0 -xstrsize=20
 * @@nosort */

BEGIN
{
	variable = "\303\244";
	trace("tab\tbell\a");
	trace("one\001");
	trace(variable);
	exit(0);
}
