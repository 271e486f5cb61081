/* An id that is no small constant is checked where the verifier sees it.
 * @@options: -q
 * @@nosort */

BEGIN { x = 2; }
BEGIN /index(lltostr(arg0), lltostr(x))/ { if (x) { discard(uid); } }
BEGIN { printf("done\n"); exit(0); }
tick-1s /tid == 0/ { discard(tid); }
