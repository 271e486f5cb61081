/* Members, bit-fields, unions and arrays of one's own structures. */
struct part { int a; char b; short c; };
struct whole { struct part p[2]; unsigned int x:3; int y:5; uint64_t z; };
struct whole g;
self struct part t;
this struct part c;

BEGIN
{
	g.p[0].a = 1; g.p[1].c = -2; g.x = 6; g.y = -3; g.z = 1 << 20;
	self->t.a = 7; self->t.b = 'x'; this->c = self->t; this->c.c = 9;
	trace(g.p[0].a); trace(g.p[1].c); trace(g.x); trace(g.y); trace(g.z);
	trace(self->t.a); trace(this->c.b); trace(this->c.c); trace(sizeof(g));
	print(g.p[0]); g.p[1] = this->c; trace(g.p[1].a);
}
