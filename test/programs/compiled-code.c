/*
 * Makes code as a just-in-time compiler does, a function that calls getppid, tells of it in
 * /tmp/perf-PID.map under the name made_up and calls it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const unsigned char code[] = {
#ifdef __aarch64__
	0xfd, 0x7b, 0xbf, 0xa9, /* stp x29, x30, [sp, #-16]! */
	0xfd, 0x03, 0x00, 0x91, /* mov x29, sp */
	0xa8, 0x15, 0x80, 0xd2, /* mov x8, #173 */
	0x01, 0x00, 0x00, 0xd4, /* svc #0 */
	0xfd, 0x7b, 0xc1, 0xa8, /* ldp x29, x30, [sp], #16 */
	0xc0, 0x03, 0x5f, 0xd6, /* ret */
#else
	0x55,                         /* push %rbp */
	0x48, 0x89, 0xe5,             /* mov %rsp, %rbp */
	0xb8, 0x6e, 0x00, 0x00, 0x00, /* mov $110, %eax */
	0x0f, 0x05,                   /* syscall */
	0x5d,                         /* pop %rbp */
	0xc3,                         /* ret */
#endif
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
	__builtin___clear_cache(memory, (char *)memory + sizeof code);
	snprintf(path, sizeof path, "/tmp/perf-%d.map", getpid());
	FILE *map = fopen(path, "w");
	fprintf(map, "%lx %zx made_up\n", (unsigned long)memory, sizeof code);
	fclose(map);
	call((long (*)(void))memory);
	return 0;
}
