/* exit() cannot be speculative. */
BEGIN
{
	speculate(1);
	exit(0);
}
