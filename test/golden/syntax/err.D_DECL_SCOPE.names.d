int a`b;
struct s { int c`d; };
enum e { F`G };
BEGIN { }
