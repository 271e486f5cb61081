/* Clause variables are no associative arrays; thread variables can be. */
BEGIN
{
	self->array[1] = 1;
	this->array[1] = 1;
}
