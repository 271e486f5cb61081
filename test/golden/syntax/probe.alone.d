/* @@flags: argument */
BEGIN, tick-1s
