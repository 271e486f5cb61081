/*
 * if, else if and else; the predicate counts for all, and a condition is looked at once.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	x = 1;
	if (x++ == 1) {
		if (x == 3) {
			printf("not shown\n");
		} else if (x == 2) {
			printf("inner\n");
			x = 9;
		} else {
			printf("not shown\n");
		}
		printf("outer %d\n", x);
	} else
		printf("not shown\n");
	if (x == 9) {
	}
	printf("behind\n");
}

BEGIN
/x == 1/
{
	if (x == 1) {
		printf("not shown\n");
	} else {
		printf("not shown\n");
	}
	printf("not shown\n");
}

BEGIN
{
	this->y = 2;
	if (this->y == 2) {
		printf("%d\n", this->y);
		printf("%d\n", 1 / (x - 9));
	}
	printf("not shown\n");
}

ERROR
{
	printf("error %d\n", arg4);
	exit(0);
}
