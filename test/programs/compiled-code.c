/*
 * Makes code as a just-in-time compiler does, a function that calls getppid, tells of it in
 * /tmp/perf-PID.map under the name made_up and calls it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const unsigned char code[] = {
	0x55,                         /* push %rbp */
	0x48, 0x89, 0xe5,             /* mov %rsp, %rbp */
	0xb8, 0x6e, 0x00, 0x00, 0x00, /* mov $110, %eax */
	0x0f, 0x05,                   /* syscall */
	0x5d,                         /* pop %rbp */
	0xc3,                         /* ret */
};

__attribute__((noinline)) long call(long (*function)(void))
{
	return function() + 1;
}

int main(void)
{
	char path[64];
	void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	memcpy(memory, code, sizeof code);
	snprintf(path, sizeof path, "/tmp/perf-%d.map", getpid());
	FILE *map = fopen(path, "w");
	fprintf(map, "%lx %zx made_up\n", (unsigned long)memory, sizeof code);
	fclose(map);
	call((long (*)(void))memory);
	return 0;
}
