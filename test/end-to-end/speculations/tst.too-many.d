/* ASSERTION: nspec is what there can be at most.
 * @@options: -q -x nspec=4097
 * @@status: 1 */

BEGIN
{
	trace(speculation());
	exit(0);
}
