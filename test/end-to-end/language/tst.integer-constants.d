/*
 * Decimal constants are int, long or long long; others are unsigned before they are longer.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	print(2147483647);
	print(2147483648);
	print(9223372036854775807);
	print(0x7fffffff);
	print(0x80000000);
	print(0x100000000);
	print(0x8000000000000000);
	print(020000000000);
	print(1u);
	print(4294967296U);
	print(9223372036854775808u);
	print(1l);
	print(1uL);
	print(1ll);
	print(1uLL);
	print(0xffffffffuLL);
	exit(0);
}
