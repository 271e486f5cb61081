/* D does not join strings that stand side by side. */
BEGIN { a = "one" "two"; }
