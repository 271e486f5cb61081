extern int f(static int a);
int g[extern int];
BEGIN { }
