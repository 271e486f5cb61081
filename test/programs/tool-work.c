/*
 * Known amounts of the work that the tools show, in the working directory: `tool-work JOB`, where
 * each job is one of the table at the end.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { page = 4096 };

static const char here[] = "work-file";
static const char moved[] = "work-moved";

static void check(int is_well)
{
	if (!is_well)
		_exit(1);
}

/* 7 opens that succeed, 5 that fail; 3 reads of 100 bytes, 4 writes of 50; 2 stat calls. */
static void files(void)
{
	char bytes[100] = { 0 };
	struct stat status;
	int file = open(here, O_CREAT | O_RDWR | O_TRUNC, 0600);

	for (int time = 0; time < 4; time++)
		check(write(file, bytes, 50) == 50);
	close(file);
	file = open(here, O_RDONLY);
	check(read(file, bytes, 100) == 100 && read(file, bytes, 100) == 100);
	check(read(file, bytes, 100) == 0);
	close(file);
	for (int time = 0; time < 5; time++) {
		check(open("/nowhere/at-all", O_RDONLY) < 0);
		close(open(here, O_RDONLY));
	}
	stat(here, &status);
	stat("/nowhere/at-all", &status);
}

static void paths(void)
{
	close(creat(here, 0600));
	check(rename(here, moved) == 0 && unlink(moved) == 0 && unlink(moved) < 0);
	check(mkdir("work-folder", 0700) == 0 && chdir("work-folder") == 0 && chdir("..") == 0);
	check(rmdir("work-folder") == 0 && rmdir("work-folder") < 0);
}

/* 8 writes of a page past the page cache. */
static void disk(void)
{
	void *memory = 0;
	int file = open(here, O_CREAT | O_RDWR | O_DIRECT, 0600);

	check(posix_memalign(&memory, page, page) == 0);
	memset(memory, 1, page);
	for (int time = 0; time < 8; time++)
		check(pwrite(file, memory, page, (off_t)time * page) == page);
}

static void *nothing(void *argument) { return argument; }

static void threads(void)
{
	for (int number = 0; number < 6; number++) {
		pthread_t thread;
		pthread_create(&thread, 0, nothing, 0);
		pthread_join(thread, 0);
	}
}

static void ignore(int number) { (void)number; }

static void signals(void)
{
	signal(SIGUSR1, ignore);
	for (int time = 0; time < 4; time++)
		kill(getpid(), SIGUSR1);
}

/* Children: two exit with 3, one is killed. */
static void children(void)
{
	for (int number = 0; number < 3; number++) {
		pid_t child = fork();
		if (child == 0) {
			if (number == 2)
				kill(getpid(), SIGKILL);
			_exit(3);
		}
		waitpid(child, 0, 0);
	}
}

static void sleeps(void)
{
	struct timespec pause = { 0, 5000000 };
	for (int time = 0; time < 3; time++)
		nanosleep(&pause, 0);
}

__attribute__((noinline)) void touch_pages(volatile char *memory, int pages)
{
	for (int number = 0; number < pages; number++)
		memory[number * page] = 1;
}

static void faults(void)
{
	char *memory = mmap(0, 64 * page, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	madvise(memory, 64 * page, MADV_NOHUGEPAGE);
	touch_pages(memory, 64);
	int file = open(here, O_CREAT | O_RDWR, 0600);
	check(ftruncate(file, 3 * page) == 0);
	for (int time = 0; time < 5; time++)
		check(mmap(0, 3 * page, PROT_READ, MAP_SHARED, file, 0) != MAP_FAILED);
}

static void futexes(void)
{
	int word = 0;
	struct timespec pause = { 0, 1000000 };
	for (int time = 0; time < 5; time++)
		syscall(SYS_futex, &word, FUTEX_WAIT, 0, &pause, 0, 0);
}

__attribute__((noinline)) void compute(long milliseconds)
{
	struct timespec now, until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += milliseconds * 1000000;
	until.tv_sec += until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	do {
		for (volatile int turn = 0; turn < 10000; turn++)
			;
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while (now.tv_sec < until.tv_sec ||
	    (now.tv_sec == until.tv_sec && now.tv_nsec < until.tv_nsec));
}

static void busy(void) { compute(400); }

/* Two processes on one CPU that hand each other a byte 20 times, each when the other waits for it. */
static void pingpong(void)
{
	int there[2], back[2];
	char byte = 0;
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	sched_setaffinity(0, sizeof first, &first);
	check(pipe(there) == 0 && pipe(back) == 0);
	pid_t child = fork();
	for (int time = 0; time < 20; time++) {
		if (child != 0) {
			usleep(2000);
			check(write(there[1], &byte, 1) == 1 && read(back[0], &byte, 1) == 1);
		} else {
			check(read(there[0], &byte, 1) == 1);
			usleep(2000);
			check(write(back[1], &byte, 1) == 1);
		}
	}
	if (child == 0)
		_exit(0);
	waitpid(child, 0, 0);
}

/* Two processes compute on one CPU: each takes it from the other. */
static void rivals(void)
{
	cpu_set_t first;

	CPU_ZERO(&first);
	CPU_SET(0, &first);
	sched_setaffinity(0, sizeof first, &first);
	pid_t child = fork();
	compute(200);
	if (child == 0)
		_exit(0);
	waitpid(child, 0, 0);
}

static void priorities(void)
{
	for (int value = 1; value <= 3; value++)
		setpriority(PRIO_PROCESS, 0, value);
	struct sched_param none = { 0 };
	sched_setscheduler(0, SCHED_BATCH, &none);
}

/* What is written to a terminal a worker hands on: 9 times. */
static void terminal(void)
{
	char byte = 'x';
	int ours = posix_openpt(O_RDWR | O_NOCTTY);
	grantpt(ours);
	unlockpt(ours);
	int theirs = open(ptsname(ours), O_RDWR | O_NOCTTY);
	for (int time = 0; time < 9; time++)
		check(write(theirs, &byte, 1) == 1 && read(ours, &byte, 1) == 1);
}

/* 32 pages of a file, given back. */
static void pageout(void)
{
	char bytes[page] = { 0 };
	int file = open(here, O_CREAT | O_RDWR | O_TRUNC, 0600);
	for (int number = 0; number < 32; number++)
		check(write(file, bytes, page) == page);
	fsync(file);
	char *memory = mmap(0, 32 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
	for (volatile int number = 0, sum = 0; number < 32; number++)
		sum += memory[number * page];
	check(madvise(memory, 32 * page, MADV_PAGEOUT) == 0);
}

static void *append(void *file)
{
	static char bytes[64 * page];
	for (int time = 0; time < 300; time++)
		check(pwrite((int)(long)file, bytes, sizeof bytes, 0) == sizeof bytes);
	return 0;
}

/* Four threads write one file: the kernel lets one at a time. */
static void contention(void)
{
	pthread_t threads[4];
	long file = open(here, O_CREAT | O_RDWR | O_TRUNC, 0600);
	for (int number = 0; number < 4; number++)
		pthread_create(&threads[number], 0, append, (void *)file);
	for (int number = 0; number < 4; number++)
		pthread_join(threads[number], 0);
}

static void *compute_there(void *cpu)
{
	cpu_set_t only;
	CPU_ZERO(&only);
	CPU_SET((long)cpu, &only);
	pthread_setaffinity_np(pthread_self(), sizeof only, &only);
	compute(300);
	return 0;
}

/* Disk interrupts that find every CPU busy with this program. */
static void interrupts(void)
{
	for (long cpu = 0; cpu < sysconf(_SC_NPROCESSORS_ONLN); cpu++) {
		pthread_t thread;
		pthread_create(&thread, 0, compute_there, (void *)cpu);
	}
	for (int time = 0; time < 20; time++)
		disk();
}

static const struct { const char *name; void (*work)(void); } jobs[] = {
	{ "files", files }, { "paths", paths }, { "disk", disk }, { "threads", threads },
	{ "signals", signals }, { "children", children }, { "sleeps", sleeps },
	{ "faults", faults }, { "futexes", futexes }, { "busy", busy }, { "pingpong", pingpong },
	{ "rivals", rivals }, { "priorities", priorities }, { "terminal", terminal },
	{ "pageout", pageout }, { "contention", contention }, { "interrupts", interrupts },
};

int main(int argc, char **argv)
{
	for (size_t number = 0; number < sizeof jobs / sizeof *jobs; number++) {
		if (argc > 1 && strcmp(argv[1], jobs[number].name) == 0) {
			jobs[number].work();
			return 0;
		}
	}
	return 2;
}
