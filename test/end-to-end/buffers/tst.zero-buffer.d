/* A buffer of no size cannot be enabled.
 * @@status: 1
 * @@options: -q -xbufsize=0 */
BEGIN { exit(0); }
