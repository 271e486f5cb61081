long struct s *a;
long string b;
BEGIN { }
