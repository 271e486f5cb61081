/*
 * Calls chdir(2) with addresses that cannot be read and prints each: no page, a page that was
 * taken away, one that may not be read, one of the kernel's, one that no processor has. Then with
 * a good one.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	char *hidden = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *gone = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	gone[0] = 'x';
	munmap(gone, 4096);
	unsigned long bad[] = {
		0, 0x10, (unsigned long)gone, (unsigned long)hidden,
		0xffffffff81000000, 0xdeadbeefdeadbeef,
	};

	for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		printf("%lx\n", bad[i]);
		syscall(SYS_chdir, bad[i]);
	}
	syscall(SYS_chdir, "/a/good/path");
	return 0;
}
