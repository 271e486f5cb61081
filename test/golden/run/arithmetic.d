/* Arithmetic is computed in the type of the operands: no promotion to int. */
char c;
unsigned char uc;
short s;
int i;
unsigned int u;
int64_t l;
uint64_t ul;

BEGIN
{
	c = 127; c++; trace(c);
	uc = 255; uc++; trace(uc);
	s = 32767; s += 2; trace(s);
	i = 2147483647; i++; trace(i);
	u = 0; u--; trace(u);
	l = -7; trace(l / 2); trace(l % 2); trace(l >> 1);
	ul = -7; trace(ul / 2); trace(ul >> 60);
	trace(~i); trace(-l); trace(!l); trace(!!l);
	trace(l < 0); trace(ul < 0); trace(i << 1);
	trace((char)300); trace((unsigned short)l);
}
