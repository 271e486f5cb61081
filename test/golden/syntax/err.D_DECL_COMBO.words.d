long long long a;
short short b;
int char c;
short long d;
signed unsigned e;
struct s int f;
short float g;
BEGIN { }
