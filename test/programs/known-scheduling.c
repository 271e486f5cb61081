/*
 * Does what the scheduler counts, on the second CPU:
 *   known-scheduling burn MILLISECONDS   of CPU time
 *   known-scheduling yield TIMES
 *   known-scheduling nice TIMES          so many changes, after each a change to the same
 *   known-scheduling class TIMES         so many times real time and back
 *   known-scheduling wake TIMES          in real time, while its child burns there; prints the child
 */
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile unsigned long sum;

static long used_milliseconds(void)
{
	struct timespec used;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

static void burn(long milliseconds)
{
	long before = used_milliseconds();

	while (used_milliseconds() - before < milliseconds)
		for (int round = 0; round < 100000; round++)
			sum += round;
}

static int set_class(int class, int priority)
{
	struct sched_param parameters = { priority };
	return sched_setscheduler(0, class, &parameters);
}

static int wake(int times)
{
	struct timespec pause = { 0, 5000000 };
	pid_t child = fork();

	if (child == 0)
		for (;;)
			sum++;
	printf("child %d\n", child);
	if (set_class(SCHED_FIFO, 10) != 0)
		return 1;
	while (times--)
		nanosleep(&pause, 0);
	kill(child, SIGKILL);
	return waitpid(child, 0, 0) != child;
}

int main(int count, char **words)
{
	int times = atoi(words[2]);
	cpu_set_t second;

	CPU_ZERO(&second);
	CPU_SET(1, &second);
	if (sched_setaffinity(0, sizeof second, &second) != 0)
		return 1;
	if (strcmp(words[1], "burn") == 0) {
		burn(times);
	} else if (strcmp(words[1], "yield") == 0) {
		while (times--)
			sched_yield();
	} else if (strcmp(words[1], "nice") == 0) {
		for (int time = 1; time <= times; time++)
			for (int again = 0; again < 2; again++)
				if (setpriority(PRIO_PROCESS, 0, time % 19 + 1) != 0)
					return 1;
	} else if (strcmp(words[1], "class") == 0) {
		while (times--)
			if (set_class(SCHED_FIFO, 10) != 0 || set_class(SCHED_OTHER, 0) != 0)
				return 1;
	} else {
		return wake(times);
	}
	return 0;
}
