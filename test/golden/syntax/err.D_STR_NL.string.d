BEGIN { a = "abc
; b = "x\
"; }
