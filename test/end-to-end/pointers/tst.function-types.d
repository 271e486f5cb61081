/* ASSERTION: D keeps one type for the functions that a program declares.
 * @@options: -q
 * @@nosort */
struct calls {
	void (*none)();
	long *(*some)(int, char *);
};
struct calls calls;

BEGIN
{
	print(calls);
	exit(0);
}
