/* Four threads that map and unmap memory: they contend for the lock of their address space. */
#include <pthread.h>
#include <sys/mman.h>

static void *work(void *nothing)
{
	for (int round = 0; round < 10000; round++) {
		void *memory = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		munmap(memory, 4096);
	}
	return nothing;
}

int main(void)
{
	pthread_t threads[4];
	for (int number = 0; number < 4; number++)
		pthread_create(&threads[number], 0, work, 0);
	for (int number = 0; number < 4; number++)
		pthread_join(threads[number], 0);
	return 0;
}
