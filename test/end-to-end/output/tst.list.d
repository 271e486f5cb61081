/* -l shows the probes of a program in columns.
 * @@options: -l
 * @@nosort */

BEGIN,
END,
ERROR
{
}
