/* A fault takes its clause's record away and is reported; the next clause runs. */
BEGIN { x = 0; trace(1); trace(1 / x); trace(2); }
BEGIN / *(int *)16 == 3 / { trace(3); }
BEGIN { trace(4); this->s = stringof((char *)8); trace(this->s); }
BEGIN { a[*(int *)24] = 1; @a["k", *(int *)32] = count(); }
BEGIN { printf("%d %d", 5, 5 % x); }
BEGIN { trace(copyinstr(40)); }
BEGIN { *(char *)48 = 1; }
BEGIN { commit(99); }
BEGIN { trace(6); }
ERROR { printf("%d %d %d %d %x", arg1, arg2, arg3, arg4, arg5); }
