BEGIN
{
	a = 1
	b = 2;
	@c = count()
	@d = count();
	e = 3 f = 4;
	g = 5
}
