/* ASSERTION: strtok() goes on through the clauses of a firing, and in the next one has nothing.
 * @@options: -q
 * @@nosort */

BEGIN
{
	printf("%s", strtok("a b c", " "));
}

BEGIN
{
	printf(" %s", strtok(NULL, " "));
	printf(" %s %s\n", substr("hello", -3), substr("hello", 1, -1));
	later = 0;
}

tick-10ms
/!later++/
{
	printf("never shown: %s", strtok(NULL, " "));
}

tick-50ms
{
	exit(0);
}

ERROR
{
	printf("nothing to go on with\n");
}
