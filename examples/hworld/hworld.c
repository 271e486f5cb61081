// SPDX-License-Identifier: MIT
/*
 * A module with probes of its own: /dev/hworld takes greetings, counts them per open file, and
 * forgets them. Its probes are hworld:hworld:open:entry, write:entry, write:return,
 * write:nothing-said and release:entry; its tracepoint is sdt:hworld::hworld_greeting.
 */

#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include <dtrace/probes.h>

#include "hworld.h"

#define CREATE_TRACE_POINTS
#include "hworld_trace.h"

DTRACE_PROBE_DEFINE(hworld, open, entry, struct inode *, struct file *);
DTRACE_PROBE_DEFINE(hworld, write, entry, struct hworld_greeter *, const char *, size_t);
DTRACE_PROBE_DEFINE(hworld, write, return, struct hworld_greeter *, const char *, size_t, u8, s16,
		    enum hworld_mood);
DTRACE_PROBE_DEFINE(hworld, release, entry, struct hworld_greeter *);
DTRACE_PROBE_DEFINE(hworld, write, nothing__said);

static int hworld_open(struct inode *inode, struct file *file)
{
	struct hworld_greeter *greeter;

	DTRACE_PROBE(hworld, open, entry, inode, file);
	greeter = kzalloc(sizeof(*greeter), GFP_KERNEL);
	if (!greeter)
		return -ENOMEM;
	file->private_data = greeter;
	return 0;
}

static ssize_t hworld_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	struct hworld_greeter *greeter = file->private_data;
	size_t length = min(size, sizeof(greeter->text) - 1);

	if (copy_from_user(greeter->text, from, length))
		return -EFAULT;
	greeter->text[length] = '\0';
	greeter->count++;
	if (length == 0)
		DTRACE_PROBE(hworld, write, nothing__said);
	DTRACE_PROBE(hworld, write, entry, greeter, greeter->text, length);

	greeter->mood = greeter->count % 2 ? HWORLD_CURIOUS : HWORLD_HAPPY;
	trace_hworld_greeting(greeter, greeter->text);
	DTRACE_PROBE(hworld, write, return, greeter, greeter->text, length, greeter->text[0],
		     -(s16)greeter->count, greeter->mood);
	return size;
}

static int hworld_release(struct inode *inode, struct file *file)
{
	DTRACE_PROBE(hworld, release, entry, file->private_data);
	kfree(file->private_data);
	return 0;
}

static const struct file_operations hworld_operations = {
	.owner = THIS_MODULE,
	.open = hworld_open,
	.write = hworld_write,
	.release = hworld_release,
};

static struct miscdevice hworld_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "hworld",
	.fops = &hworld_operations,
	.mode = 0600,
};

static int __init hworld_init(void)
{
	return misc_register(&hworld_device);
}

static void __exit hworld_exit(void)
{
	misc_deregister(&hworld_device);
}

module_init(hworld_init);
module_exit(hworld_exit);
MODULE_DESCRIPTION("Hello world, with DTrace probes");
MODULE_LICENSE("Dual MIT/GPL");
