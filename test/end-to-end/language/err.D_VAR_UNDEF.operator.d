/* Operators other than = and ++ need a value that is there. */
BEGIN
{
	unassigned += 1;
}
