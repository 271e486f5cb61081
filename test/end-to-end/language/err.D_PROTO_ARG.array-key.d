/* And its keys. */
BEGIN
{
	array[1] = 2;
	array["a"] = 3;
}
