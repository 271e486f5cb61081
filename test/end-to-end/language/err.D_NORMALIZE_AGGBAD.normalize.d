BEGIN
{
	normalize(@nosuch[1], 2);
}
