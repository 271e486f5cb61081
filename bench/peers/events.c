/*
 * `events KIND COUNT ROUNDS`: makes COUNT events of a kind, ROUNDS times, on one CPU, and prints the
 * nanoseconds of CPU time that one took in the fastest round.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { page = 4096 };

static void check(int is_well)
{
	if (!is_well) {
		perror("events");
		_exit(1);
	}
}

/* Two threads hand a byte to each other: two switches and two wakeups a turn. */
static int there[2], back[2];

static void *answer(void *nothing)
{
	char byte;

	while (read(there[0], &byte, 1) == 1 && byte != 'q')
		check(write(back[1], &byte, 1) == 1);
	return nothing;
}

static void switches(long count)
{
	pthread_t thread;
	char byte = 0;

	check(pipe(there) == 0 && pipe(back) == 0);
	check(pthread_create(&thread, 0, answer, 0) == 0);
	for (long turn = 0; turn < count / 2; turn++)
		check(write(there[1], &byte, 1) == 1 && read(back[0], &byte, 1) == 1);
	check(write(there[1], "q", 1) == 1);
	pthread_join(thread, 0);
	for (int end = 0; end < 2; end++) {
		close(there[end]);
		close(back[end]);
	}
}

static void faults(long count)
{
	char *memory = mmap(0, count * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	check(memory != MAP_FAILED);
	madvise(memory, count * page, MADV_NOHUGEPAGE);
	for (long at = 0; at < count; at++)
		memory[at * page] = 1;
	munmap(memory, count * page);
}

static void datagrams(long count)
{
	struct sockaddr_in place = { .sin_family = AF_INET };
	socklen_t size = sizeof place;
	int to = socket(AF_INET, SOCK_DGRAM, 0), from = socket(AF_INET, SOCK_DGRAM, 0);
	char text[16] = { 0 };

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check(bind(to, (struct sockaddr *)&place, size) == 0);
	check(getsockname(to, (struct sockaddr *)&place, &size) == 0);
	for (long at = 0; at < count; at++) {
		check(sendto(from, text, 16, 0, (struct sockaddr *)&place, size) == 16);
		check(recv(to, text, 16, 0) == 16);
	}
	close(to);
	close(from);
}

/* One segment there, and what the kernel answers to it. */
static void segments(long count)
{
	struct sockaddr_in place = { .sin_family = AF_INET };
	socklen_t size = sizeof place;
	int listener = socket(AF_INET, SOCK_STREAM, 0), from = socket(AF_INET, SOCK_STREAM, 0);
	char byte = 0;

	place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check(bind(listener, (struct sockaddr *)&place, size) == 0 && listen(listener, 1) == 0);
	check(getsockname(listener, (struct sockaddr *)&place, &size) == 0);
	check(connect(from, (struct sockaddr *)&place, size) == 0);
	int to = accept(listener, 0, 0);
	for (long at = 0; at < count; at++)
		check(send(from, &byte, 1, 0) == 1 && recv(to, &byte, 1, 0) == 1);
	close(from);
	close(to);
	close(listener);
}

static void forks(long count)
{
	for (long at = 0; at < count; at++) {
		pid_t pid = fork();
		if (pid == 0)
			_exit(0);
		check(waitpid(pid, 0, 0) == pid);
	}
}

static void handle(int number) { (void)number; }

static void signals(long count)
{
	signal(SIGUSR1, handle);
	for (long at = 0; at < count; at++)
		check(kill(getpid(), SIGUSR1) == 0);
}

static void blocks(long count)
{
	char name[] = "/var/tmp/events-XXXXXX";
	int made = mkstemp(name), file = open(name, O_RDWR | O_DIRECT);
	void *memory;

	check(made >= 0 && file >= 0 && unlink(name) == 0);
	check(posix_memalign(&memory, page, page) == 0);
	memset(memory, 0, page);
	for (long at = 0; at < count; at++)
		check(pwrite(file, memory, page, 0) == page);
	free(memory);
	close(file);
	close(made);
}

static void reads(long count)
{
	int zero = open("/dev/zero", O_RDONLY);
	char byte;

	for (long at = 0; at < count; at++)
		check(read(zero, &byte, 1) == 1);
	close(zero);
}

/*
 * Two threads read from a terminal: who waits for a line holds its mutex, for which the other waits.
 * They go before this one, so both wait whenever it runs.
 */
static int terminal, go[2][2], said[2];

static void *read_lines(void *number)
{
	int own = go[(long)number][0];
	char byte, line[16];

	while (read(own, &byte, 1) == 1 && byte != 'q')
		check(read(terminal, line, sizeof line) == 1 && write(said[1], &byte, 1) == 1);
	return 0;
}

static void waits(long count)
{
	struct sched_param least = { 1 };
	pthread_attr_t first;
	pthread_t threads[2];
	int lines = posix_openpt(O_RDWR | O_NOCTTY);
	char byte = 0;

	check(lines >= 0 && grantpt(lines) == 0 && unlockpt(lines) == 0);
	terminal = open(ptsname(lines), O_RDONLY | O_NOCTTY);
	check(terminal >= 0 && pipe(said) == 0);
	pthread_attr_init(&first);
	pthread_attr_setinheritsched(&first, PTHREAD_EXPLICIT_SCHED);
	pthread_attr_setschedpolicy(&first, SCHED_FIFO);
	pthread_attr_setschedparam(&first, &least);
	for (long number = 0; number < 2; number++) {
		check(pipe(go[number]) == 0);
		check(pthread_create(&threads[number], &first, read_lines, (void *)number) == 0);
	}
	check(write(go[0][1], &byte, 1) == 1);
	for (long wait = 0; wait < count; wait++) {
		check(write(go[(wait + 1) % 2][1], &byte, 1) == 1);
		check(write(lines, "\n", 1) == 1 && read(said[0], &byte, 1) == 1);
	}
	check(write(lines, "\n", 1) == 1 && read(said[0], &byte, 1) == 1);
	for (long number = 0; number < 2; number++) {
		check(write(go[number][1], "q", 1) == 1);
		pthread_join(threads[number], 0);
		close(go[number][0]);
		close(go[number][1]);
	}
	close(said[0]);
	close(said[1]);
	close(terminal);
	close(lines);
}

static const struct { const char *name; void (*make)(long count); } kinds[] = {
	{ "switches", switches }, { "faults", faults }, { "datagrams", datagrams },
	{ "segments", segments }, { "forks", forks }, { "signals", signals }, { "blocks", blocks },
	{ "reads", reads }, { "waits", waits },
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int count, char **words)
{
	cpu_set_t cpus;

	CPU_ZERO(&cpus);
	CPU_SET(sysconf(_SC_NPROCESSORS_ONLN) - 1, &cpus);
	check(count == 4 && sched_setaffinity(0, sizeof cpus, &cpus) == 0);
	for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++) {
		if (strcmp(words[1], kinds[kind].name))
			continue;
		long events = atol(words[2]);
		double least = 0;
		for (int round = atoi(words[3]); round > 0; round--) {
			double start = now();
			kinds[kind].make(events);
			double spent = (now() - start) / events;
			if (least == 0 || spent < least)
				least = spent;
		}
		printf("%.1f\n", least);
		return 0;
	}
	return 2;
}
