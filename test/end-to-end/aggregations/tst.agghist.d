/* agghist draws counts and sums as one distribution over their keys, other functions as ever.
 * @@options: -q -xagghist -xencoding=ascii
 * @@nosort */

BEGIN
{
	@["a"] = sum(30);
	@["b"] = sum(10);
	@numbers[1] = count();
	@most["a"] = max(3);
	exit(0);
}
