/* Nor is anything recorded after it. */
BEGIN
{
	commit(1);
	trace(1);
}
