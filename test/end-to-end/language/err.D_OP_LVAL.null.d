/* NULL is a constant. */
BEGIN
{
	NULL = 1;
}
