/* ASSERTION: operands are $1, $2; $$1 is text.
 * @@options: -q
 * @@arguments: 42 name
 * @@nosort */

BEGIN
{
	printf("%d %s\n", $1, $$2);
	exit(0);
}
