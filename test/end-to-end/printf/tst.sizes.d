/* %d and %x take integers of every size, with their own sign; %u, %o and %x none.
 * @@options: -q
 * @@nosort */

BEGIN
{
	printf("%d %d %d %d\n", (char)-2, (short)-2, -2, -2LL);
	printf("%i %i %i %i\n", (char)-2, (short)-2, -2, -2LL);
	printf("%u %u %u %u\n", (char)-2, (short)-2, -2, -2LL);
	printf("%x %x %X %x\n", (char)-2, (short)-2, -2, -2LL);
	printf("%o %#o %#x %#X\n", (char)-1, 8, 254, 254);
	printf("%d %d %d %d\n", (uint8_t)254, (uint16_t)65534, (uint32_t)-2, (uint64_t)-2);
	printf("%hd %ld %lld %hx %lu\n", (short)-3, (long)-4, (long long)-5, (short)-1, (unsigned long)6);
	exit(0);
}
