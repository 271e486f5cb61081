/*
 * Keeps all CPUs busy in and out of the kernel for SECONDS: threads that make system calls, switch
 * to each other through pipes, and compute. busy-threads SECONDS
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static volatile int over;

static void *call(void *argument)
{
	struct timespec pause = { 0, 2000000 };

	while (!over) {
		for (int times = 0; times < 8; times++)
			syscall(SYS_getppid);
		nanosleep(&pause, 0);
	}
	return 0;
}

static void *echo(void *argument)
{
	int *ends = argument;
	char byte;

	while (read(ends[0], &byte, 1) == 1 && write(ends[1], &byte, 1) == 1)
		;
	return 0;
}

static void *compute(void *argument)
{
	volatile unsigned long sum = 0;

	while (!over)
		sum += sum * 3 + 1;
	return 0;
}

int main(int argc, char **argv)
{
	struct timespec pause = { 0, 500000 }, now, start;
	pthread_t thread;
	int there[2], back[2], ends[2];
	char byte = 0;

	pipe(there);
	pipe(back);
	ends[0] = there[0];
	ends[1] = back[1];
	pthread_create(&thread, 0, echo, ends);
	for (int times = 0; times < 3; times++)
		pthread_create(&thread, 0, call, 0);
	for (int times = 0; times < 2; times++)
		pthread_create(&thread, 0, compute, 0);

	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		write(there[1], &byte, 1);
		read(back[0], &byte, 1);
		nanosleep(&pause, 0);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec - start.tv_sec < atol(argv[1]));
	over = 1;
	return 0;
}
