/* @@arguments: one two three */
BEGIN { a = $$1; }
