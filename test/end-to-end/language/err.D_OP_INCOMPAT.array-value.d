/* So does the value of an associative array. */
BEGIN
{
	array[1] = "abc";
	array[2] = 1;
}
