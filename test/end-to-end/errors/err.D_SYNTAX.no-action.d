/* ASSERTION: a program without braces is a syntax error. */

BEGIN
