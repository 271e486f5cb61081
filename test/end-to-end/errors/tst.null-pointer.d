/* ASSERTION: reading address 0 reports the address; ERROR sees the same.
 * @@options: -q
 * @@nosort */

ERROR
{
	printf("ERROR %d %d %d %x\n", arg1, arg2, arg4, arg5);
}

BEGIN
{
	trace(*(int *)0);
}

BEGIN
{
	exit(0);
}
