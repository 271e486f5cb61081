/* A slash before end, semicolon, brace or slash closes a predicate. */
BEGIN /a / b == 1/ { c / d; }
BEGIN /(a)/
{ e /= f; }
