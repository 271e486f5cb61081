/* There is no second operand. */
BEGIN
{
	trace($1);
}
