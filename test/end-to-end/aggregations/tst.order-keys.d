/* Integer keys compare without sign, texts byte by byte, the shorter first.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@integers[-1] = sum(1);
	@integers[0] = sum(1);
	@integers[2147483647] = sum(1);
	@shorts[(short)-1] = sum(1);
	@shorts[(short)5] = sum(1);
	@longs[-1LL] = sum(1);
	@longs[1LL] = sum(1);
	@texts["b"] = sum(1);
	@texts["ab"] = sum(1);
	@texts["a"] = sum(1);
	@texts["\351"] = sum(1);
	printa("%d %@d\n", @integers);
	printa("%d %@d\n", @shorts);
	printa("%d %@d\n", @longs);
	printa("%s %@d\n", @texts);
	exit(0);
}
