/* Keys are the same whatever room an aggregation has for them. */
#pragma D option quiet

BEGIN
{
	@short["ab", 1] = sum(1);
	@long["ab", (int64_t)1] = sum(2);
	@long["a longer text than that", (int64_t)2] = sum(3);
	@short["cd", -1] = sum(4);
	@long["cd", (int64_t)-1] = sum(5);
	printa("%s %d %@d %@d\n", @short, @long);
	exit(0);
}
