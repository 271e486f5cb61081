/* ASSERTION: 128-bit integers of C's headers take their place, and are seen as words.
 * @@options: -q */

struct wide {
	int before;
	__uint128_t registers[4];
	char between;
	__int128_t last;
};

BEGIN
{
	printf("%d %d %d\n", sizeof (__uint128_t), sizeof (struct wide), offsetof(struct wide, last));
	exit(0);
}
