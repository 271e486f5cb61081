/* A library with one function, which calls getpgid. */
#include <sys/syscall.h>
#include "direct-call.h"

long in_library(void)
{
	return direct_call(SYS_getpgid, 0) + 1;
}
