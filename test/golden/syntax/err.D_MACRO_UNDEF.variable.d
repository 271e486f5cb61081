BEGIN { a = $nothing; b = $$nothing; }
