/* What is recorded before speculate() would be in both buffers. */
BEGIN
{
	trace(1);
	speculate(1);
}
