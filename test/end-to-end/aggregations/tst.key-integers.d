/* ASSERTION: integers of different sizes are different keys, each as wide as its own size.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@[(int)1] = sum(1);
	@[(uint64_t)0x100000001] = sum(2);
	@[(char)1] = sum(4);
	@[-1] = sum(8);
	@[1] = sum(16);
	printa(@);
	printa("%d %@d\n", @);
	clear(@);
	exit(0);
}
