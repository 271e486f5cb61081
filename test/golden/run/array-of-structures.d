/* Elements, thread variables and scratch memory hold structures by value. */
struct s { char n[8]; int i; int b[4]; };
struct s a[int];
self struct s t;

BEGIN
{
	a[1].i = 4; a[2] = a[1]; trace(a[2].i); trace(a[3].i);
	self->t.i = 3; self->t.n[0] = 'A'; trace(stringof(self->t.n)); trace(self->t.i);
	this->p = (struct s *)alloca(sizeof(struct s));
	this->p->i = 4; this->p->b[2] = 9; this->k = 3; this->p->b[this->k] = 5;
	trace(this->p->b[2] + this->p->b[this->k]); this->p->i++; this->p->i += 2; trace(this->p->i);
	print(this->p->b);
}
