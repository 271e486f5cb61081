/* alloca() gives memory that may be written; nothing else may be. */
BEGIN
{
	this->p = (char *)alloca(8);
	this->p[0] = 'h'; this->p[1] = 'i'; this->p[2] = 0;
	this->q = (char *)alloca(4); bcopy(this->p, this->q, 3); *this->q = 'H';
	trace(stringof(this->p)); trace(stringof(this->q)); trace(this->q - this->p);
}
BEGIN { this->p[100000] = 1; }
BEGIN { alloca(1000000); }
BEGIN { bcopy(this->p, (void *)curthread, 1); trace(1); }
BEGIN { trace(2); }
