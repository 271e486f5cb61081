/* ASSERTION: aggsortkey and aggsortrev turn the order round.
 * @@options: -q -xaggsortkey -xaggsortrev
 * @@nosort */

BEGIN
{
	@["a", 3] = sum(1);
	@["b", 1] = sum(3);
	@["c", 2] = sum(2);
	printa("%s %d %@d\n", @);
	exit(0);
}
