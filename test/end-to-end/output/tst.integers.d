/* Integers have the column of their size; one and two bytes have no sign.
 * @@options: -xcpu=0
 * @@nosort */

BEGIN
{
	trace((char)-2);
	trace((short)-2);
	trace(-2);
	trace((int64_t)-2);
	trace((unsigned char)254);
	trace((unsigned short)65534);
	trace((unsigned int)4294967294u);
	trace((uint64_t)18446744073709551614u);
	exit(0);
}
