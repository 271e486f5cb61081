/* @@flags: empty */
typedef struct point { int x, y; } point_t;
typedef point_t *pointer_t, array_t[3];
struct bits { unsigned a : 1, b : 2 + 1, : 4; int : 0; point_t point_t; int counter; };
union u { struct { int a; }; union { char b; long c; }; struct named { int d; } e; };
enum color { RED, GREEN = 5, BLUE = GREEN + 1 } shade;
enum { ALONE };
enum comma { LAST, };
typedef signed short size_t;
struct forward;
point_t variable;
pointer_t *other;
