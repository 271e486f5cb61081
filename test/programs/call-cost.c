/* call-cost TIMES: what a getppid() costs, in nanoseconds, the least of five rounds. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

int main(int count, char **words)
{
	int times = count > 1 ? atoi(words[1]) : 100000;
	double least = 1e18;

	for (int round = 0; round < 5; round++) {
		long long start = now();

		for (int index = 0; index < times; index++)
			syscall(SYS_getppid);
		double each = (double)(now() - start) / times;

		if (each < least)
			least = each;
	}
	printf("%.1f\n", least);
	return 0;
}
