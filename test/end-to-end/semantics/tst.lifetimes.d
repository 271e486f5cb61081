/* ASSERTION: clause variables go from clause to clause of a firing; thread variables and elements of
 * arrays begin as 0, and are 0 again where 0 is assigned.
 * @@options: -q
 * @@nosort */

BEGIN
{
	this->clause = 7;
	self->thread[3] = 4;
	global[1] = 2;
}

BEGIN
{
	printf("%d %d %d %d %d\n", this->clause, self->thread[3], self->thread[4], global[1],
	    global[2]);
	self->thread[3] = 0;
	global[1] = 0;
}

BEGIN
{
	printf("%d %d\n", self->thread[3], global[1]);
	exit(0);
}
