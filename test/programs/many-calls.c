/*
 * Makes 20 different system calls, call i 100 + i times, from each of four threads, two pinned to
 * each of the first two CPUs. Every call goes through syscall(2), so that the C library adds none.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REPEAT(call) \
	do { \
		for (int times = 0; times < 100 + index; times++) \
			(void)(call); \
		index++; \
	} while (0)

static int null;

static void *run(void *argument)
{
	long thread = (long)argument;
	char byte = 0;
	struct stat status;
	struct iovec vector = { &byte, 1 };
	struct timespec now, none = { 0, 0 };
	struct rlimit { unsigned long soft, hard; } limit;
	cpu_set_t cpus;
	int index = 0;

	CPU_ZERO(&cpus);
	CPU_SET(thread % sysconf(_SC_NPROCESSORS_ONLN), &cpus);
	sched_setaffinity(0, sizeof(cpus), &cpus);

	REPEAT(syscall(SYS_getppid));
	REPEAT(syscall(SYS_getuid));
	REPEAT(syscall(SYS_geteuid));
	REPEAT(syscall(SYS_getgid));
	REPEAT(syscall(SYS_getegid));
	REPEAT(syscall(SYS_gettid));
	REPEAT(syscall(SYS_write, null, &byte, 1));
	REPEAT(syscall(SYS_writev, null, &vector, 1));
	REPEAT(syscall(SYS_pwrite64, null, &byte, 1, 0));
	REPEAT(syscall(SYS_read, -1, &byte, 1));
	REPEAT(syscall(SYS_lseek, null, 0, 0));
	REPEAT(syscall(SYS_fstat, null, &status));
	REPEAT(syscall(SYS_umask, 022));
	REPEAT(syscall(SYS_getpgid, 0));
	REPEAT(syscall(SYS_getsid, 0));
	REPEAT(syscall(SYS_sched_yield));
	REPEAT(syscall(SYS_clock_gettime, 1, &now));
	REPEAT(syscall(SYS_getrlimit, 7, &limit));
	REPEAT(syscall(SYS_nanosleep, &none, 0));
	REPEAT(syscall(SYS_fcntl, null, F_GETFD));
	return 0;
}

int main(void)
{
	pthread_t threads[4];

	null = open("/dev/null", O_WRONLY);
	for (long thread = 0; thread < 4; thread++)
		pthread_create(&threads[thread], 0, run, (void *)thread);
	for (int thread = 0; thread < 4; thread++)
		pthread_join(threads[thread], 0);
	return 0;
}
