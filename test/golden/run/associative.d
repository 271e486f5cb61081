/* Elements are 0 until something is stored; storing 0 takes them away; keys are whole tuples. */
BEGIN
{
	a[7] = 1; trace(a[1]); a[1] = 10; a[2] += 5; a[2]++; trace(a[1] + a[2]); trace(a[1]--); trace(a[1]);
	a[1] = 0; trace(a[1]);
	b["x", 1] = 1; b["x", 2] = 2; b["xy", 1] = 3;
	trace(b["x", 1] + 10 * b["x", 2] + 100 * b["xy", 1] + 1000 * b["y", 1]);
	self->c["t"] = 7; trace(self->c["t"]); trace(self->c["u"]);
	d[execname, probename] = 9; trace(d["node", "BEGIN"]);
}
