long char a;
BEGIN { }
