/* ASSERTION: rand() gives another number each time.
 * @@options: -q
 * @@nosort */

BEGIN
{
	one = rand();
	other = rand();
	printf("%s\n", one != other ? "different" : "the same");
	exit(0);
}
