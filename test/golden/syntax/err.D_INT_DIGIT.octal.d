BEGIN { a = 089; }
