/* commit() is the only record of its clause. */
BEGIN
{
	commit(1);
	@ = count();
}
