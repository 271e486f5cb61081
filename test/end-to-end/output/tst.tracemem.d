/* tracemem() dumps its whole size, or as much as its third argument says if that is less.
 * @@options: -q
 * @@nosort */

BEGIN
{
	this->words = (uint64_t *)alloca(24);
	this->words[0] = 0x3736353433323130;
	this->words[1] = 0x7f7e004241203938;
	this->words[2] = 0xff1f80;
	this->three = 3;
	tracemem(this->words, 20);
	tracemem(this->words, 20, this->three);
	tracemem(this->words, 4, 0);
	tracemem(this->words, 4, 5);
	exit(0);
}
