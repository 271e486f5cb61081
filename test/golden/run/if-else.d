/* A fault in one piece of a clause skips the later ones. */
BEGIN { x = 1; if (x == 1) { trace(1); } else { trace(2); } trace(3); }
BEGIN { if (x == 2) { trace(4); } else if (x == 1) { trace(5); } else { trace(6); } }
BEGIN { if (x == 1) { trace(1 / (x - 1)); } trace(7); }
BEGIN { trace(8); }
