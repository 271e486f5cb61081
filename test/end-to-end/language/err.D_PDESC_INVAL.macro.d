/* An operand that is not there leaves the description without a meaning. */
tick-$1ms
{
	exit(0);
}
