/* -l -v describes each probe and the types of its arguments.
 * @@options: -l -v
 * @@nosort */

BEGIN,
ERROR
{
}
