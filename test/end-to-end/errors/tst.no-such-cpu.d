/* A CPU that is not there cannot be traced.
 * @@status: 1
 * @@options: -q -xcpu=4095 */
BEGIN { exit(0); }
