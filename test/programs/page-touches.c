/* Touches 500 new pages between two looks at its own count of page faults, and prints the difference. */
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>

int main(void)
{
	struct rusage before, after;
	long size = 4096;
	char *memory = mmap(0, 500 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(memory, 500 * size, MADV_NOHUGEPAGE);
	getrusage(RUSAGE_SELF, &after);
	getrusage(RUSAGE_SELF, &before);
	for (int page = 0; page < 500; page++)
		memory[page * size] = 1;
	getrusage(RUSAGE_SELF, &after);
	printf("program %ld\n", after.ru_minflt + after.ru_majflt - before.ru_minflt - before.ru_majflt);
	return 0;
}
