BEGIN { a = 1.5; b = 1e5; c = 10f; d = .5; }
