struct s { int a; };
struct s { int b; } c;
union s { struct t { int d; } e; struct t f; };
struct t { int g; };
enum u { H };
enum u { I };
BEGIN { }
