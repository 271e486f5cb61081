BEGIN
{
	clear(@nosuch[1]);
}
