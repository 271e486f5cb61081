/*
 * What copyin() and copyinstr() give may be written.
 *
 * @@options: -q
 * @@trigger: /bin/echo abcdefgh
 * @@nosort
 */
syscall::write:entry
/pid == $target/
{
	this->bytes = (char *)copyin(arg1, 8);
	this->bytes[4] = '\0';
	this->bytes[0] = 'A';
	this->text = copyinstr(arg1);
	this->pointer = (char *)this->text;
	*(this->pointer + 2) = '\0';
	printf("%s %s\n", stringof(this->bytes), this->text);
}
