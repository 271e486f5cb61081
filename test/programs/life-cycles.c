/*
 * Known numbers of everything in a process's life: 40 children that exit, 30 that are killed, 20
 * that dump core, 25 that execute, 15 whose execution fails; 12 threads; signals: 10 sent and
 * ignored, 11 handled, 9 waited for, 5 faults handled.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static sigjmp_buf again;

static void handle(int number) { (void)number; }
static void escape(int number) { siglongjmp(again, number); }
static void *idle(void *nothing) { return nothing; }

static void children(int count, void (*life)(void))
{
	for (int child = 0; child < count; child++) {
		pid_t pid = fork();
		if (pid == 0) {
			life();
			_exit(3);
		}
		waitpid(pid, 0, 0);
	}
}

static void nothing(void) { }
static void killed(void) { kill(getpid(), SIGKILL); }
static void dumped(void) { kill(getpid(), SIGQUIT); }
static void executes(void) { execl("/bin/true", "true", (char *)0); }
static void fails(void) { execl("/nowhere/true", "true", (char *)0); }

int main(void)
{
	struct rlimit any = { RLIM_INFINITY, RLIM_INFINITY };
	setrlimit(RLIMIT_CORE, &any);
	if (chdir("/tmp") != 0)
		return 1;
	children(40, nothing);
	children(30, killed);
	children(20, dumped);
	children(25, executes);
	children(15, fails);

	for (int number = 0; number < 12; number++) {
		pthread_t thread;
		pthread_create(&thread, 0, idle, 0);
		pthread_join(thread, 0);
	}

	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, handle);
	signal(SIGSEGV, escape);
	for (int number = 0; number < 10; number++)
		kill(getpid(), SIGUSR1);
	for (int number = 0; number < 11; number++)
		kill(getpid(), SIGUSR2);

	sigset_t waited;
	sigemptyset(&waited);
	sigaddset(&waited, SIGWINCH);
	signal(SIGWINCH, handle);
	sigprocmask(SIG_BLOCK, &waited, 0);
	for (int number = 0; number < 9; number++) {
		siginfo_t information;
		kill(getpid(), SIGWINCH);
		sigwaitinfo(&waited, &information);
	}
	for (volatile int number = 0; number < 5; number++)
		if (sigsetjmp(again, 1) == 0)
			*(volatile int *)16 = 1;
	return 0;
}
