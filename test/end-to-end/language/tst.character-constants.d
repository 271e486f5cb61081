/*
 * A character constant holds up to eight bytes, the last one lowest.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	print('a');
	print('\377');
	print('ab');
	print('abcd');
	print('abcde');
	print('abcdefgh');
	exit(0);
}
