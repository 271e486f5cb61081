/*
 * What print() shows of a number or a string ends with a line, a structure with its brace.
 *
 * @@options: -q
 * @@nosort
 */
struct pair {
	int first;
	string second;
};
struct pair both;

BEGIN
{
	print(1);
	print("text");
	print(both);
	print(2);
	print(both);
	printf("\n");
	exit(0);
}
