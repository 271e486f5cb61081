/*
 * There is no promotion to int: the result has the type of the operand with more bits, or of the
 * unsigned one where they have as many. Shifts have the left one's, comparisons and logic are int.
 *
 * @@options: -q
 * @@nosort
 */
enum e { A, B };

BEGIN
{
	print((char)100 + (char)100);
	print((char)1 + (unsigned char)2);
	print((short)1 + (unsigned char)2);
	print((unsigned short)1 * (short)2);
	print((long)1 | (unsigned int)2);
	print((int)-2 / (unsigned int)1);
	print((unsigned long)1 % (long long)2);
	print((enum e)B + (char)1);
	print((unsigned char)255 << 8LL);
	print((unsigned char)255 >> 4LL);
	print(~(char)1);
	print(-(unsigned short)1);
	print(1LL < 2LL);
	print(1LL && 2LL);
	print(!2LL);
	print(pid ? (char)1 : (short)2);
	exit(0);
}
