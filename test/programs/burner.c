/* Spends its time in burn(), called by outer(); then reads a byte 300 times. */
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

static volatile unsigned long sum;

__attribute__((noinline)) static void burn(long rounds)
{
	for (long round = 0; round < rounds; round++)
		sum += round;
}

__attribute__((noinline)) static void outer(void)
{
	struct timespec start, now;
	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		burn(3000000);
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000 < 1000);
}

int main(void)
{
	char byte;
	outer();
	int zero = open("/dev/zero", O_RDONLY);
	for (int time = 0; time < 300; time++)
		if (read(zero, &byte, 1) != 1)
			return 1;
	return 0;
}
