/* An aggregation that nothing was assigned to, without key: there is no such name. */
BEGIN
{
	clear(@nosuch);
}
