/* 255 characters fit; what comes behind is cut, in variables as in records. */
BEGIN
{
	this->a = "0123456789012345678901234567890123456789012345678901234567890123";
	this->b = strjoin(this->a, this->a);
	this->c = strjoin(this->b, this->b);
	trace(strlen(this->c)); trace(strlen(strjoin(this->c, "more")));
	this->d = strjoin(this->c, "x"); trace(this->d == this->c);
}
