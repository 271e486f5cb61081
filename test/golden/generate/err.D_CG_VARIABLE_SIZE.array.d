char text[20000];
BEGIN { text[0] = 1; }
