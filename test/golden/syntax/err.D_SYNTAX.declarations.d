int;
int a = 1;
struct { int x };
struct s { };
enum { , };
inline int b;
translator int < int > { };
provider p { probe q; };
BEGIN { trace(1); }
