BEGIN
{
	;
	a = 1;
	if (a) { b; c } else d;
	if (a == 1) b; else if (a == 2) c; else { }
	if (a, b) ;
	e
}
