/*
 * A number may have a sign; what looks like options stands behind --.
 *
 * @@options: -q
 * @@arguments: -- -3
 * @@nosort
 */
BEGIN
{
	print($1);
	print(5 - $1);
	print($$1);
	exit(0);
}
