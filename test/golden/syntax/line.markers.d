# 1 "line.markers.d"
# 1 "<built-in>"
# 1 "defs.h" 1 3
int a;
# 2 "line.markers.d" 2
BEGIN { }
#line 100 "other.d"
END { }
