/* ASSERTION: a timer counts and ends tracing.
 * @@options: -q
 * @@nosort */

int n;

tick-10ms
{
	n++;
}

tick-10ms
/n == 5/
{
	printf("%d\n", n);
	exit(0);
}
