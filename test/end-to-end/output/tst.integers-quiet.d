/* Quiet integers have neither column nor space, nor a sign below four bytes.
 * @@options: -q
 * @@nosort */

BEGIN
{
	trace((char)-2);
	trace("|");
	trace((short)-2);
	trace("|");
	trace(-2);
	trace("|");
	trace((int64_t)-2);
	trace("|");
	trace((unsigned int)4294967294u);
	exit(0);
}
