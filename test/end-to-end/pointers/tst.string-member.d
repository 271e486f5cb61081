/* A string in a structure has room for 255 characters, whatever strsize is; what is behind it stays.
 * @@options: -q -xstrsize=1024
 * @@nosort */

struct pair { string text; int after; };

BEGIN
{
	this->pair = *(struct pair *)alloca(sizeof (struct pair));
	this->pair.after = 7;
	this->long = strjoin("0123456789abcdef", "0123456789abcdef");
	this->long = strjoin(this->long, this->long);
	this->long = strjoin(this->long, this->long);
	this->long = strjoin(this->long, this->long);
	this->long = strjoin(this->long, this->long);
	this->pair.text = this->long;
	printf("%d %d %d\n", strlen(this->long), strlen(this->pair.text), this->pair.after);
	exit(0);
}
