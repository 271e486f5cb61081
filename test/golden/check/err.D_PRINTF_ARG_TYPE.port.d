BEGIN { printf("%P", "ssh"); }
