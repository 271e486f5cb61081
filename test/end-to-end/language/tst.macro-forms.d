/*
 * $1 is an integer, a name or a string, whichever it looks like; $$1 is always a string.
 *
 * @@options: -q
 * @@arguments: 12 +3 0x10ul pid two-words "quoted" pid_t $$1
 * @@nosort
 */
BEGIN
{
	print($1);
	print(5 - $2);
	print($3);
	print($4 == pid);
	print($5);
	print($6);
	print(sizeof ($7));
	print($$1);
	print($$6);
	print($$8);
	exit(0);
}
