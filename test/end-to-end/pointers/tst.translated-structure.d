/* A translated structure as a whole: each member by its translator, the others 0.
 * @@options: -q
 * @@nosort */

struct inner { int value; string text; };
struct outer { char first; struct inner second; long last; int none; };

translator struct inner < int I > { value = I + 1; text = lltostr(I); };
translator struct outer < struct task_struct *T >
{
	first = 'x';
	second = xlate <struct inner> (41);
	last = T == curthread;
};

BEGIN
{
	print(xlate <struct outer> (curthread));
	this->copy = xlate <struct outer> (curthread);
	printf("%d %s\n", this->copy.second.value, this->copy.second.text);
	exit(0);
}
