#define ANSWER 42
/* ASSERTION: -C runs the preprocessor, and D knows its version.
 * @@options: -q -C -DEXTRA=1
 * @@nosort */

BEGIN
{
#ifdef __SUNW_D_VERSION
	printf("%d %d\n", ANSWER, EXTRA);
#endif
	exit(0);
}
