/* Columns of keys by their size, of texts 50 wide, of values 16; printa() begins with a newline.
 * @@options: -q
 * @@nosort */

BEGIN
{
	@[(char)1, (short)-1, -1, -1LL, "text"] = sum(-7);
	printa(@);
	@average = avg(-3);
	@deviation = stddev(-4);
	@deviation = stddev(4);
	@most = max(-1);
	@counted["long text of more than fifty characters, which moves its value"] = count();
	@two[1] = count();
	@three[1] = sum(2);
	@four[2] = min(-2);
	printa(@two, @three, @four);
	exit(0);
}
