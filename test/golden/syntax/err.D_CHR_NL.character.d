BEGIN { a = 'abc
; }
