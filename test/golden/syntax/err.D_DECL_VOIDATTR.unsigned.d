unsigned void *a;
BEGIN { }
