/*
 * A string goes where void * is asked for, and void * where a string is.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
{
	this->copy = alloca(16);
	bcopy("literal", this->copy, 8);
	printf("%s\n", stringof(this->copy));
	text = "variable";
	bcopy(text, this->copy, 9);
	printf("%s\n", stringof(this->copy));
	bcopy(execname, this->copy, 7);
	printf("%s %d\n", stringof(this->copy), "dtrace" == this->copy);
	text = this->copy;
	printf("%s %d\n", text, strlen(this->copy));
	this->address = (void *)this->copy;
	this->address = "literal";
	printf("%s\n", stringof(this->address));
	exit(0);
}
