/* ASSERTION: printf follows the sign and size of its arguments.
 * @@options: -q
 * @@nosort */

BEGIN
{
	printf("[%d] [%5d] [%-5d] [%05d] [%x] [%X] [%o] [%u]\n", -1, 42, 42, 42, 255, 255, 8, 7);
	printf("[%d] [%d] [%d]\n", (char)-2, (unsigned char)254, (unsigned)-1);
	printf("[%lld] [%p] [%i]\n", -5LL, 0x1234, 3);
	printf("[%c] [%%] [%3s] [%-3s] [%.2s]\n", 65, "a", "b", "long");
	exit(0);
}
