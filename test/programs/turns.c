/*
 * Four threads that share the CPUs: each calls getppid() many times between its work, and at the
 * end tells its run time by CLOCK_THREAD_CPUTIME_ID, in nanoseconds, as the argument of getpgid().
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int64_t run_time(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void *work(void *unused)
{
    volatile uint64_t sum = 0;

    syscall(SYS_getppid);
    int64_t start = run_time();
    for (int i = 0; i < 2000; i++) {
        for (int j = 0; j < 20000; j++)
            sum += j;
        syscall(SYS_getppid);
    }
    syscall(SYS_getpgid, run_time() - start);
    return unused;
}

int main(void)
{
    pthread_t threads[4];

    for (int i = 0; i < 4; i++)
        pthread_create(&threads[i], 0, work, 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], 0);
    return 0;
}
