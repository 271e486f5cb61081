/* What an extern declaration may say; it makes no variable. */
struct point { int x; int y; };
enum colour { red, green };
extern implicit;
extern unsigned counter, *next;
extern signed char letter;
extern long long unsigned wide;
extern long double ratio;
extern struct point origin, corners[4];
extern enum colour paint;
extern struct unknown opaque;
extern void (*handler)(int, ...);
dtrace:::BEGIN { trace(sizeof (struct point)); }
