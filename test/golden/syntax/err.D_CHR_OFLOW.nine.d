BEGIN { a = 'abcdefghi'; }
