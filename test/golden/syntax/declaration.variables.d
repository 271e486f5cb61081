/* @@flags: empty */
int a, *b, c[10], d[int], e[string, struct s *], f[];
extern uint64_t g;
self int h;
this struct s { int x; } i, *j;
self k;
const char *const l;
unsigned m;
long long int unsigned n;
pid_t o[2][3];
string p;
int q[4 * 2 + 1];
vmlinux`pid_t r;
