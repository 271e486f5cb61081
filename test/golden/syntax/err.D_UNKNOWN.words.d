/* Words that make no type. */
BEGIN { (long short int)a; (short float)b; (signed unsigned)c; (long long double)d; }
