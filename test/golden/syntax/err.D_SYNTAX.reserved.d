BEGIN { while (1) { a = 1; } }
BEGIN { for (;;) { } }
BEGIN { goto a; }
BEGIN { return; }
