/* A system call without the C library: the calling function is the one that a stack starts with. */
static inline __attribute__((always_inline)) long direct_call(long number, const void *argument)
{
#ifdef __aarch64__
	register long call __asm__("x8") = number;
	register const void *result __asm__("x0") = argument;
	__asm__ volatile("svc #0" : "+r"(result) : "r"(call) : "memory");
	return (long)result;
#else
	long result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(argument)
			 : "rcx", "r11", "memory");
	return result;
#endif
}
