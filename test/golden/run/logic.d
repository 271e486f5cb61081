/* && and || look at the right side only where it matters; ^^ at both. */
BEGIN
{
	x = 0; y = 5;
	trace(x && 1 / x); trace(y || 1 / x); trace(x ^^ y); trace(y ^^ y);
	trace(y > 3 ? 10 : 20); trace(x ? 1 : y ? 2 : 3);
	z = (x = 4, x + y); trace(z);
	trace(x++ + x); trace(--y);
}
