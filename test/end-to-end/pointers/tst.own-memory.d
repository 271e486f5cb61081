/* Pointers into variables can be written through; anywhere else it is a fault. */
#pragma D option quiet

struct pair {
	int first;
	long second;
};

char text[300];
struct pair pair;
this struct pair local;
self long mine[2];

BEGIN
{
	self->mine[0] = 1;
	self->mine[1] = 2;
	pointer = &pair.first;
	*pointer = 3;
	*pointer += 4;
	large = &pair.second;
	*large = 5;
	byte = &text[0];
	index1 = 299;
	text[index1] = 'x';
	byte[298] = 'y';
	here = &this->local.first;
	*here = 6;
	own = &self->mine[0];
	own[0] = 7;
	which = 1;
	own[which] = 8;
	printf("%d %d %c%c %d\n", pair.first, pair.second, text[298], text[299], this->local.first);
	printf("%d %d\n", self->mine[0], self->mine[1]);
}

BEGIN
{
	*(pointer - 1024) = 1;
	printf("never");
}

BEGIN
{
	*(long *)curthread = 1;
	printf("never");
}

BEGIN
{
	*(int *)NULL = 1;
	printf("never");
}

ERROR
{
	printf("fault %d\n", arg4);
}

BEGIN
{
	exit(0);
}
