/* trunc() counts from the largest value, or from the smallest; options of the order do not matter.
 * @@options: -q -xaggsortkey -xaggsortrev
 * @@nosort */

BEGIN
{
	@["a"] = sum(-5);
	@["b"] = sum(3);
	@["c"] = sum(2);
	@["d"] = sum(9);
	@["e"] = sum(0);
	trunc(@, 4);
	printa("four largest: %s %@d\n", @);
	trunc(@, -2);
	printa("two smallest of those: %s %@d\n", @);
	trunc(@, 10);
	printa("all: %s %@d\n", @);
	trunc(@, 0);
	printa("none: %s %@d\n", @);
	exit(0);
}
