/*
 * A byte that an escape makes is that byte, in values and in formats.
 *
 * @@options: -q
 */

BEGIN
{
	printf("%s|%S|\101\303\244 %d %d\n", "h\303\244\x41", "\351", sizeof ("\303\244"),
	    "\303\244" == "ä");
	exit(0);
}
