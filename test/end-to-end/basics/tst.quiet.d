/* ASSERTION: -q shows only what the program asks for, and the newline at the end.
 * @@options: -q
 * @@nosort */

BEGIN
{
	trace(1);
	trace("text");
	trace((char)-2);
	trace((short)-2);
	trace(-2);
	trace((long long)-2);
	exit(0);
}
