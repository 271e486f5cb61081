/* ASSERTION: -F marks entries and returns of system calls, and indents what lies between.
 * @@options: -F -xcpu=0
 * @@trigger: /usr/bin/env -i /bin/true
 * @@nosort */

BEGIN
{
	trace("begin");
}

END
{
	trace("end");
}
