/* ASSERTION: what is left at the end prints by value, then key, with 8- and 4-byte columns.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@a["two", 1] = count();
	@a["two", 1] = count();
	@a["one", -1] = count();
	@b = sum(-5);
	exit(0);
}
