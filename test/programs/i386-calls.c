/*
 * A 64-bit program that makes 32-bit system calls with int $0x80: 300 getppid (64), 200 write (4)
 * of three bytes to a bad descriptor, and between them 150 native getppid.
 */
#define _GNU_SOURCE
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static long call32(long number, long first, long second, long third)
{
	long result;

	__asm__ volatile("int $0x80"
			 : "=a"(result)
			 : "a"(number), "b"(first), "c"(second), "d"(third)
			 : "memory", "r8", "r9", "r10", "r11");
	return result;
}

int main(void)
{
	char *low = mmap(0, 4096, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int times;

	for (times = 0; times < 300; times++) {
		call32(64, 0, 0, 0);
		if (times % 2)
			syscall(SYS_getppid);
	}
	for (times = 0; times < 200; times++)
		call32(4, 77, (long)low, 3);
	return 0;
}
