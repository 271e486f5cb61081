/* More values than there are registers. */
BEGIN
{
	this->a = pid; this->b = this->a + 1; this->c = this->b + 1; this->d = this->c + 1;
	this->e = this->d + 1; this->f = this->e + 1; this->g = this->f + 1; this->h = this->g + 1;
	this->i = this->h + 1; this->j = this->i + 1; this->k = this->j + 1; this->l = this->k + 1;
	trace(this->l - this->a); trace(this->h - this->b); trace(this->k - this->c);
	trace((this->l - this->d) * (this->e - this->f) + (this->g - this->i) * (this->j - this->a));
}
