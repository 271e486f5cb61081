/* Names that D got later are the program's own. */
#pragma D option version=1.0
int strstr;
int substr;
int index;
dtrace:::BEGIN { strstr = 1; trace(strlen("x")); }
