/* aggsortrev: every key of an order by keys is turned round.
 * @@options: -q -xaggsortrev -xaggsortkey -xaggsortkeypos=1
 * @@nosort */

BEGIN
{
	@a[2, "x"] = sum(5);
	@a[1, "z"] = sum(5);
	@a[3, "y"] = sum(1);
	@a[0, "y"] = sum(7);
	@b[2, "x"] = sum(1);
	@b[1, "z"] = sum(1);
	@b[3, "y"] = sum(9);
	@b[0, "y"] = sum(3);
	printa("%d %s %@d %@d\n", @a, @b);
	exit(0);
}

END
{
	@left[1] = sum(1);
	@left[2] = sum(1);
	@last = sum(1);
}
