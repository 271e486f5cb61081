a:b:c:d:e { }
BEGIN { }
