/* A variable holds 64 bits, whatever its type: `start` is an int by its first assignment, as in
 * many a script, and still tells times apart. What is recorded has the type's size; constants are
 * cut when they are assigned.
 * @@options: -q
 * @@nosort */

BEGIN
{
	start = 0;
	this->sum = 2147483647;
	self->kept = 0;
	array["one"] = 0;
}

BEGIN
{
	start = timestamp;
	this->big = 5000000000;
	self->kept = this->big;
	array["one"] = this->big;
	this->sum += 1;
	printf("%d %d\n", timestamp - start < 1000000000, start > 4294967296);
	printf("%d %d\n", self->kept == 5000000000, array["one"] == 5000000000);
	printf("%d %d\n", this->sum == 2147483648, this->sum);
	printf("%d %d\n", (int)5000000000 == 705032704, (char)self->kept);
	self->kept = 5000000000;
	printf("%d\n", self->kept == 705032704);
	exit(0);
}
