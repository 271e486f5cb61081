int declared;
self string name[int, string];
this int scratch;

BEGIN /seen/
{
	seen = 1;
	self->start = timestamp;
	this->x = pid;
	self->name[1, "a"] = execname;
	total[pid, execname]++;
	self->start = total[1, "b"];
	declared += 2;
	global--;
}
