BEGIN
{
	denormalize(@nosuch[1]);
}
