BEGIN { tracemem(arg0, 8, 1, 2); }
