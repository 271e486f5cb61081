BEGIN { a = ''; }
