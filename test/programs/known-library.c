/* A library with one function, which calls getpgrp. */
#include <sys/syscall.h>

long in_library(void)
{
	long result;
	__asm__ volatile("syscall" : "=a"(result) : "a"(SYS_getpgrp) : "rcx", "r11", "memory");
	return result + 1;
}
