BEGIN { a = 1;
