BEGIN
{
	a[1, 2][3].b->c[d, e];
	self->x[1]->self;
	this->y.string;
	(self)->z;
	vmlinux`jiffies;
	`jiffies;
	a.b.ko`symbol;
	a.b.c;
	xlate <struct info *> (arg0)->member;
	fds[arg0].fi_pathname;
	@;
	@[1] = count();
	@name["a", execname] = quantize(arg0);
	printa(@name);
	self;
}
