BEGIN
{
	a = ;
	b = 1;
	c d;
}
END { trace(1) trace(2); }
