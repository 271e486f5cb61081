/* Averages compare as averages, distributions by what they weigh, then by their zeros.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@averages["large sum"] = avg(60);
	@averages["large sum"] = avg(0);
	@averages["small sum"] = avg(40);
	@averages["minus"] = avg(-50);
	@distributions["four"] = quantize(4);
	@distributions["ones"] = quantize(1);
	@distributions["ones"] = quantize(1);
	@distributions["ones"] = quantize(1);
	@distributions["zero"] = quantize(0);
	@distributions["balance"] = quantize(2);
	@distributions["balance"] = quantize(-2);
	@distributions["minus"] = quantize(-1);
	printa("%s %@d\n", @averages);
	printa("%s%@d\n", @distributions);
	exit(0);
}
