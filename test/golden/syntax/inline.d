inline int ONE = 1;
inline string names[int code] = code == 1 ? "one" : "other";
inline int *pointer[int a, struct s *b] = (int *)b + a;
BEGIN { ONE ? trace(1) : 1; }
