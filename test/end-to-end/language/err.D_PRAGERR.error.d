#error "not here"
BEGIN
{
	exit(0);
}
