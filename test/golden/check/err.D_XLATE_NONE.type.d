struct o { int x; };
BEGIN { trace(xlate<struct o>(curthread).x); }
