/*
 * With defaultargs $1 is 0 and $$1 empty where there are no operands.
 *
 * @@options: -q
 * @@nosort
 */
#pragma D option defaultargs

BEGIN
{
	printf("%d %d %d\n", $1, $2, strlen($$1));
	exit(0);
}
