#error "not on" this system
#pragma error either
BEGIN { }
