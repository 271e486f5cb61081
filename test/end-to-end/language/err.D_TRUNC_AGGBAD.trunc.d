BEGIN
{
	trunc(@nosuch[1], 2);
}
