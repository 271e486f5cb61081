/* ASSERTION: an id is free as soon as it is given back, and each use of it has its own records.
 * @@options: -q -xnspec=1 -xswitchrate=10s
 * @@trigger: dd if=/dev/zero of=/dev/null bs=1 count=8 status=none
 * @@nosort */

int writes;

syscall::write:entry
/pid == $target/
{
	self->id = speculation();
}

syscall::write:entry
/self->id/
{
	speculate(self->id);
	printf("%d of id %d\n", writes, self->id);
}

syscall::write:return
/self->id && writes % 2 == 0/
{
	commit(self->id);
}

syscall::write:return
/self->id && writes % 2 != 0/
{
	discard(self->id);
}

syscall::write:return
/self->id/
{
	self->id = 0;
	writes++;
}
