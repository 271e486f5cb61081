BEGIN
{
	printa(@nosuch[1]);
}
