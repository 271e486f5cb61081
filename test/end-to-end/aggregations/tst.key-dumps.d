/* A text that does not print is dumped as a key as it is by trace(); printf() writes its bytes.
 * @@options: -q -xstrsize=20
 * @@nosort */

BEGIN
{
	@["h\303\244", 1] = count();
	@["plain", 2] = count();
	printa(@);
	printa("%s %d\n", @);
	exit(0);
}
