/* Addresses without a name are hexadecimal numbers; hosts and ports without one are numbers.
 * @@options: -q
 * @@nosort */

BEGIN
{
	printf("%a %a\n", (uintptr_t)1, (uintptr_t)0);
	printf("%A\n", (uintptr_t)1);
	printf("%I %I\n", "127.0.0.1", "192.0.2.1");
	printf("%P %P\n", (uint16_t)65534, (uint16_t)65535);
	exit(0);
}
