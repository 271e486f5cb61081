/* Only what binds as strongly as a unary expression may be assigned to. */
BEGIN { a + b = c; (int)d = e; a ? b : c = d; a[] = 1; }
