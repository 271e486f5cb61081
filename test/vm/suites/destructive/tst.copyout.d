/* copyout() and copyoutstr() write into the memory of the process.
 * @@options: -qw
 * @@trigger: dd if=/dev/zero bs=5 count=3 status=none
 * @@nosort */

syscall::read:entry
/pid == $target && arg2 == 5/
{
	self->buffer = arg1;
	reads++;
}

syscall::read:return
/self->buffer && reads == 1/
{
	copyoutstr("HELLO", self->buffer, 5);
}

syscall::read:return
/self->buffer && reads == 2/
{
	this->bytes = (char *)alloca(5);
	this->bytes[0] = 'w';
	this->bytes[1] = 'o';
	this->bytes[2] = 'r';
	this->bytes[3] = 'l';
	this->bytes[4] = 'd';
	copyout(this->bytes, self->buffer, 5);
}

syscall::read:return
/self->buffer && reads == 3/
{
	copyoutstr("!!!!!", self->buffer, 5);
}

syscall::read:return
{
	self->buffer = 0;
}
