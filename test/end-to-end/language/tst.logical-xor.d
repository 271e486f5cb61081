/*
 * ^^ binds between || and &&.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	zero = 0;
	one = 1;
	two = 2;
	print(one ^^ two);
	print(zero ^^ two);
	print(one || one ^^ one);
	print(one ^^ one && zero);
	print(one ^^ zero || one);
	exit(0);
}
