/* What does not fit is refused where nothing may be lowered.
 * @@status: 1
 * @@options: -q -xbufsize=100t -xbufresize=manual */
BEGIN { exit(0); }
