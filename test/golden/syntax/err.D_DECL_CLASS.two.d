extern static int a;
BEGIN { }
