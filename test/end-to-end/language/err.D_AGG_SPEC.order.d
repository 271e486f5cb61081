/* What goes into an aggregation cannot be taken back. */
BEGIN
{
	speculate(1);
	@ = count();
}
