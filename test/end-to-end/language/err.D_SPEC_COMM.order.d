/* What was committed is not speculative any more. */
BEGIN
{
	commit(1);
	speculate(1);
}
