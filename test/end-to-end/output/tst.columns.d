/* The heading comes once, then a row for each clause that fired and records something.
 * @@options: -xcpu=0
 * @@nosort */

BEGIN
{
}

BEGIN
{
	trace(1);
	trace("text");
}

BEGIN
{
	assigned = 1;
	self->assigned = 1;
	this->assigned = 1;
}

BEGIN
{
	@ = count();
}

BEGIN
/assigned == 0/
{
	trace("never");
}

BEGIN
{
	printf("%d", assigned);
	exit(0);
}
