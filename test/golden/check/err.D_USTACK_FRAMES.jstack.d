BEGIN { jstack(-1); }
