/* No delimiter, no loop: a callback that is called zero times is not there for the verifier.
 * @@options: -q
 * @@timeout: 60 */

struct bits { unsigned b : 7; };
struct bits g;

sched:::
/pid == $pid/
{
	@ = lquantize(0x80000000, 0, 10);
	y = strtok(lltostr(arg0), probefunc) != probeprov;
	@i = max(g.b * curthread->mm->total_vm);
}

BEGIN
{
	exit(0);
}
