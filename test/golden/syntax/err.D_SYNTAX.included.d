# 1 "err.D_SYNTAX.included.d"
# 7 "inc.h" 1
int a b;
# 2 "err.D_SYNTAX.included.d" 2
BEGIN { c d; }
