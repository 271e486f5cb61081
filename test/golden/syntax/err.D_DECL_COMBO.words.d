long long long a;
short short b;
int char c;
struct s int f;
BEGIN { }
