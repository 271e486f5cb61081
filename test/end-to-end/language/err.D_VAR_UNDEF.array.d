/* An array that nothing was assigned to has no type. */
BEGIN
{
	trace(unassigned[1]);
}
