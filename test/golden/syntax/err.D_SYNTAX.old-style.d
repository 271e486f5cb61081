int a b;
x = 1;
BEGIN { }
