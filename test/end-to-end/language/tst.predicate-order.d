/*
 * Actions are checked before the predicate, and behind it where they ask for what it makes.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
/first == 0/
{
	first = 1;
	printf("%d\n", first);
}

BEGIN
/second++ == 0/
{
	printf("%d\n", second);
}

BEGIN
/self->third == 0 && fourth[1] == 0/
{
	self->third = 3;
	fourth[1] = 4;
	printf("%d %d\n", self->third, fourth[1]);
	exit(0);
}
