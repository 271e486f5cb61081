/* ASSERTION: freopen() sends output elsewhere and "" brings it back; system() writes after what
 * was printed before it.
 * @@options: -q -w
 * @@nosort */

BEGIN
{
	printf("one\n");
	system("echo %s", "two");
	freopen("/dev/null");
	printf("nowhere\n");
	freopen("");
	printf("three\n");
	exit(0);
}
