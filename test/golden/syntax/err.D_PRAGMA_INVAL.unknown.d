#pragma D unknown
#pragma D depends_on kernel 6.1
BEGIN { }
