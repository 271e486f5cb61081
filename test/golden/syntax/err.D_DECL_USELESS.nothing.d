extern int;
BEGIN { }
