/* Variables of every scope, an aggregation, probes' own attributes. */
syscall::read:entry
/pid > 1 && execname != "sh"/
{
	self->since = timestamp;
	this->half = (int)arg0 / 2;
	table[pid, execname] = this->half++;
	@sizes[probefunc] = quantize(arg2);
	printf("%d %s", self->since ? 1 : 2, strjoin(execname, "!"));
}
