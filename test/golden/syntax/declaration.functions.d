/* @@flags: empty */
extern int f(void), g(int a, char *b, ...), (*h)(int), *(*i[3])(register int);
extern void (*signal(int, void (*)(int)))(int);
extern int j();
extern int k(...);
