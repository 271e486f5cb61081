unsigned double a;
signed struct s *b;
unsigned string c;
BEGIN { }
