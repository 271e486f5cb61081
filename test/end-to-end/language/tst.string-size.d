/*
 * Strings are cut to strsize, with their NUL; constants are not until they are stored.
 *
 * @@options: -q -x strsize=8
 * @@nosort
 */
BEGIN
{
	text = "1234567890";
	printf("%s %d %d\n", text, strlen(text), sizeof (text));
	exit(0);
}
