event { printf("%d %s", pid, execname); }
