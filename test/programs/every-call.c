/*
 * every-call ABI NUMBER…: makes each system call once, with -1 for every argument, which all of them
 * refuse. For calls that then return. ABI is `own`, or `32` for x86's int $0x80.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __x86_64__
static void call32(long number)
{
	long result;

	__asm__ volatile("push %%rbp\n\tmov $-1, %%ebp\n\tint $0x80\n\tpop %%rbp"
			 : "=a"(result)
			 : "a"(number), "b"(-1), "c"(-1), "d"(-1), "S"(-1), "D"(-1)
			 : "memory", "r8", "r9", "r10", "r11");
}
#endif

int main(int count, char **words)
{
	for (int index = 2; index < count; index++) {
		long number = atol(words[index]);

#ifdef __x86_64__
		if (strcmp(words[1], "32") == 0) {
			call32(number);
			continue;
		}
#endif
		syscall(number, -1, -1, -1, -1, -1, -1);
	}
	return 0;
}
