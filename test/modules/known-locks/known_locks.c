// SPDX-License-Identifier: MIT
/*
 * Takes locks of its own a known number of times. "WORK TIMES" written to the parameter `run` does
 * the work so often before write(2) returns.
 */

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched.h>
#include <linux/ww_mutex.h>

static DEFINE_MUTEX(known_mutex);
static DEFINE_MUTEX(known_counted);
static DECLARE_RWSEM(known_rwsem);
static DEFINE_WW_CLASS(known_class);
static struct ww_mutex known_ww;

#define RUNNERS 4

/* Taken five times. */
static void take_mutex(int times)
{
	while (times--) {
		mutex_lock(&known_mutex);
		WARN_ON(mutex_trylock(&known_mutex));
		mutex_unlock(&known_mutex);
		WARN_ON(mutex_lock_interruptible(&known_mutex));
		mutex_unlock(&known_mutex);
		WARN_ON(mutex_lock_killable(&known_mutex));
		mutex_unlock(&known_mutex);
		WARN_ON(!mutex_trylock(&known_mutex));
		mutex_unlock(&known_mutex);
		mutex_lock_io(&known_mutex);
		mutex_unlock(&known_mutex);
	}
}

/* Taken once: by the second of two. */
static void take_counted(int times)
{
	while (times--) {
		atomic_t count = ATOMIC_INIT(2);

		WARN_ON(atomic_dec_and_mutex_lock(&count, &known_counted));
		WARN_ON(!atomic_dec_and_mutex_lock(&count, &known_counted));
		mutex_unlock(&known_counted);
	}
}

/* Taken five times. */
static void take_ww(int times)
{
	while (times--) {
		struct ww_acquire_ctx context;

		WARN_ON(ww_mutex_lock(&known_ww, NULL));
		WARN_ON(ww_mutex_trylock(&known_ww, NULL));
		ww_mutex_unlock(&known_ww);
		WARN_ON(!ww_mutex_trylock(&known_ww, NULL));
		ww_mutex_unlock(&known_ww);

		ww_acquire_init(&context, &known_class);
		WARN_ON(ww_mutex_lock(&known_ww, &context));
		/* It has it: -EALREADY. */
		WARN_ON(!ww_mutex_lock(&known_ww, &context));
		ww_mutex_unlock(&known_ww);
		WARN_ON(ww_mutex_lock_interruptible(&known_ww, &context));
		ww_mutex_unlock(&known_ww);
		WARN_ON(!ww_mutex_trylock(&known_ww, &context));
		ww_mutex_unlock(&known_ww);
		ww_acquire_fini(&context);
	}
}

/* Taken four times by readers and four times by writers, of which one becomes a reader. */
static void take_rwsem(int times)
{
	while (times--) {
		down_read(&known_rwsem);
		WARN_ON(down_write_trylock(&known_rwsem));
		up_read(&known_rwsem);
		WARN_ON(down_read_interruptible(&known_rwsem));
		up_read(&known_rwsem);
		WARN_ON(down_read_killable(&known_rwsem));
		up_read(&known_rwsem);
		WARN_ON(!down_read_trylock(&known_rwsem));
		up_read(&known_rwsem);

		down_write(&known_rwsem);
		WARN_ON(down_read_trylock(&known_rwsem));
		up_write(&known_rwsem);
		WARN_ON(down_write_killable(&known_rwsem));
		up_write(&known_rwsem);
		WARN_ON(!down_write_trylock(&known_rwsem));
		up_write(&known_rwsem);
		down_write(&known_rwsem);
		downgrade_write(&known_rwsem);
		up_read(&known_rwsem);
	}
}

struct lock_kind {
	void (*take)(void);
	void (*give)(void);
};

static void lock_mutex(void) { mutex_lock(&known_mutex); }
static void unlock_mutex(void) { mutex_unlock(&known_mutex); }
static void start_reading(void) { down_read(&known_rwsem); }
static void stop_reading(void) { up_read(&known_rwsem); }
static void start_writing(void) { down_write(&known_rwsem); }
static void stop_writing(void) { up_write(&known_rwsem); }

static const struct lock_kind mutex_kind = { lock_mutex, unlock_mutex };
static const struct lock_kind reader_kind = { start_reading, stop_reading };
static const struct lock_kind writer_kind = { start_writing, stop_writing };

struct runner {
	const struct lock_kind *kind;
	int times;
	struct completion ended;
};

static int run_runner(void *data)
{
	struct runner *runner = data;

	while (runner->times--) {
		runner->kind->take();
		cond_resched();
		runner->kind->give();
	}
	kthread_complete_and_exit(&runner->ended, 0);
}

static struct task_struct *start_runner(struct runner *runner, const struct lock_kind *kind, int times)
{
	runner->kind = kind;
	runner->times = times;
	init_completion(&runner->ended);
	return kthread_run(run_runner, runner, "known-locker");
}

/* Another thread takes the lock once while this one has it: it is let go when the other sleeps. */
static void block(const struct lock_kind *holder, const struct lock_kind *waiter, int times)
{
	while (times--) {
		struct runner runner;
		struct task_struct *thread;

		holder->take();
		thread = start_runner(&runner, waiter, 1);
		if (!WARN_ON(IS_ERR(thread))) {
			while (READ_ONCE(thread->__state) != TASK_UNINTERRUPTIBLE)
				msleep(1);
			msleep(2);
		}
		holder->give();
		if (!IS_ERR(thread))
			wait_for_completion(&runner.ended);
	}
}

/* Four threads take it so often each. */
static void contend(const struct lock_kind *kind, int times)
{
	struct runner runners[RUNNERS];
	int number;

	for (number = 0; number < RUNNERS; number++)
		WARN_ON(IS_ERR(start_runner(&runners[number], kind, times)));
	for (number = 0; number < RUNNERS; number++)
		wait_for_completion(&runners[number].ended);
}

static int run(const char *text, const struct kernel_param *parameter)
{
	char work[32];
	int times;

	if (sscanf(text, "%31s %d", work, &times) != 2 || times < 0)
		return -EINVAL;
	if (!strcmp(work, "mutex"))
		take_mutex(times);
	else if (!strcmp(work, "counted"))
		take_counted(times);
	else if (!strcmp(work, "ww"))
		take_ww(times);
	else if (!strcmp(work, "rwsem"))
		take_rwsem(times);
	else if (!strcmp(work, "block-mutex"))
		block(&mutex_kind, &mutex_kind, times);
	else if (!strcmp(work, "reader-blocks-writer"))
		block(&reader_kind, &writer_kind, times);
	else if (!strcmp(work, "writer-blocks-writer"))
		block(&writer_kind, &writer_kind, times);
	else if (!strcmp(work, "writer-blocks-reader"))
		block(&writer_kind, &reader_kind, times);
	else if (!strcmp(work, "contend-mutex"))
		contend(&mutex_kind, times);
	else if (!strcmp(work, "contend-rwsem"))
		contend(&writer_kind, times);
	else
		return -EINVAL;
	return 0;
}

static const struct kernel_param_ops run_operations = { .set = run };
module_param_cb(run, &run_operations, NULL, 0200);

static int __init known_locks_init(void)
{
	ww_mutex_init(&known_ww, &known_class);
	return 0;
}

static void __exit known_locks_exit(void)
{
}

module_init(known_locks_init);
module_exit(known_locks_exit);
MODULE_DESCRIPTION("Takes locks a known number of times");
MODULE_LICENSE("Dual MIT/GPL");
