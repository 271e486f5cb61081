BEGIN { a); b]; }
}
END { trace(1); }
