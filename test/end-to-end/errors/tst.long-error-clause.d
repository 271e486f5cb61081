/* ERROR's clauses are verified once, however many faults may call them.
 * @@options: -q
 * @@nosort */

ERROR
{
	this->name = strjoin(basename("/usr/bin/dtrace"), strjoin(lltostr(arg4), lltostr(arg2)));
	this->place = index(strjoin(cleanpath("/a/./b"), root), this->name);
	@faults[substr(this->name, 1, 3), this->place, dirname("/usr/bin")] = count();
	faults++;
}

BEGIN { a = *(int *)8; }
BEGIN { a = *(int *)16 + *(int *)24; b = *(int *)32 ? *(int *)40 : *(int *)48; }
BEGIN { a = 1 / (a - a); b = stringof((char *)56) == copyinstr(64) ? 1 % (a - a) : 2; }
BEGIN { trace(*(int *)72); trace(stringof((char *)80)); @[*(int *)88] = sum(*(int *)96); }
BEGIN { c = *(int *)104 + curthread->mm->start_stack; }
BEGIN { printf("%d\n", faults); exit(0); }
