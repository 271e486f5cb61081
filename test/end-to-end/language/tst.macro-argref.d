/*
 * With argref not even that one.
 *
 * @@options: -q -x argref
 * @@arguments: one two
 * @@nosort
 */
BEGIN
{
	printf("%s\n", $$1);
	exit(0);
}
