/* BEGIN and END fire in dtrace itself, also on a CPU that it has to go to.
 * @@options: -q -xcpu=0
 * @@nosort */

BEGIN,
END
{
	printf("%s %d %s %d\n", probename, cpu, execname, pid == $pid);
}

BEGIN
{
	exit(0);
}
