/* Declarations alone are no program. */
int a;
#pragma D option quiet
