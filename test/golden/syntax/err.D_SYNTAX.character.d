BEGIN { a = #; b = é; $; }
; END { }
