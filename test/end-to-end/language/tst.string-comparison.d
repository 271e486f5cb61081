/*
 * Strings, character arrays and pointers to characters are compared by what they hold where one of
 * them is a string, two pointers by address. Adding to a string moves on in it.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	this->a = (char *)alloca(8);
	this->b = (char *)alloca(8);
	this->a[0] = this->b[0] = 'x';
	this->a[1] = this->b[1] = 0;
	printf("%d %d\n", this->a == "x", "x" == this->b);
	printf("%d %d\n", this->a == this->b, stringof(this->a) == this->b);
	printf("%d %d\n", curthread->comm == execname, execname != curthread->comm);
	printf("%d %d %d\n", "abc" < "abd", "ab" >= "abc", "" <= "");
	text = "hello";
	printf("%s %s\n", stringof(text + 2), stringof("hello" + 4));
	printf("%s\n", strjoin("hello", "world"));
	exit(0);
}
