struct pair { int a; long b; };

BEGIN
{
	this->p = (struct pair *)arg0;
	trace(this->p + 1);
	trace(arg1 + this->p);
	trace(this->p - (struct pair *)arg2);
	trace(this->p[2].b);
	trace(*this->p);
	trace(&this->p->b);
	this->p++;
	this->p += pid;
	this->p->a = 5;
	trace(this->p == NULL);
	trace(pid ? this->p : NULL);
}
