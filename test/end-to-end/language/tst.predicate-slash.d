#!/usr/sbin/dtrace -s
  #! A line like this one counts nowhere.
/*
 * A slash ends the predicate where a brace, a semicolon, another slash or nothing follows.
 *
 * @@options: -q
 * @@nosort
 */
BEGIN
/pid / 1 > 0 && (this->a = 8, this->a /= 2, this->a == 4)/
{
	printf("%d\n", 8 / 2
	    / 2);
#! Nor here.
}

BEGIN
/this->a / 2 == 2/ /* Comments may follow. */

{
	exit(0);
}
