/* SPDX-License-Identifier: MIT */
/*
 * Probes that a kernel module publishes for DTrace:
 *
 *	DTRACE_PROBE_DEFINE(hworld, open, entry, struct inode *, struct file *);
 *	...
 *	DTRACE_PROBE(hworld, open, entry, inode, file);
 *
 * is, while the module is loaded, the probe hworld:<module>:open:entry with args[0] and args[1] of
 * these types. Up to six arguments, each a pointer or a number; `__` in a name stands for `-`.
 *
 * A probe is a static key, a function that does nothing, and a module parameter. While nobody
 * traces, the place where it fires is a no-op and its arguments are not evaluated. dtrace puts a
 * kprobe on the function and turns the key by the parameter: neither holds the module, which a link
 * to a tracepoint would. The module must be under a license compatible with the GPL, for the key.
 */
#ifndef DTRACE_PROBES_H
#define DTRACE_PROBES_H

#include <linux/jump_label.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

/* In one C file of the module, outside functions: provider, function, name, types. */
#define DTRACE_PROBE_DEFINE(prov, func, probe, ...) \
	DTRACE_DECLARE(prov##__##func##__##probe, ##__VA_ARGS__); \
	DTRACE_DEFINE(prov##__##func##__##probe, \
		      #prov ":" KBUILD_MODNAME ":" #func ":" #probe, ##__VA_ARGS__)

/* In a header, where several files of the module fire the probe; as at its definition. */
#define DTRACE_PROBE_DECLARE(prov, func, probe, ...) \
	DTRACE_DECLARE(prov##__##func##__##probe, ##__VA_ARGS__)

/* Fires the probe: the arguments are evaluated only while somebody traces it. */
#define DTRACE_PROBE(prov, func, probe, ...) \
	do { \
		if (static_branch_unlikely(&dtrace_key__##prov##__##func##__##probe)) { \
			dtrace_probe__##prov##__##func##__##probe(__VA_ARGS__); \
			DTRACE_NOT_LAST(); \
		} \
	} while (0)

/* For what only a probe needs to know: costs nothing while nobody traces the probe. */
#define DTRACE_PROBE_ENABLED(prov, func, probe) \
	static_branch_unlikely(&dtrace_key__##prov##__##func##__##probe)

/* From here on nothing is for a module's author. */

/* A call behind which there is nothing becomes a jump, and who made it is not on the stack. */
#define DTRACE_NOT_LAST() asm volatile("")

#define DTRACE_DECLARE(id, ...) \
	DECLARE_STATIC_KEY_FALSE(dtrace_key__##id); \
	void dtrace_probe__##id(DTRACE_EACH(PARAMETERS, ##__VA_ARGS__))

/* The parameter has the name of the function: so dtrace finds both. */
#define DTRACE_DEFINE(id, text, ...) \
	DEFINE_STATIC_KEY_FALSE(dtrace_key__##id); \
	noinline __noclone void dtrace_probe__##id(DTRACE_EACH(PARAMETERS, ##__VA_ARGS__)) \
	{ \
		asm volatile("" : : DTRACE_EACH(OPERANDS, ##__VA_ARGS__)); \
	} \
	static struct dtrace_probe dtrace_state__##id = { \
		.name = text, \
		.key = &dtrace_key__##id, \
	}; \
	module_param_cb(dtrace_probe__##id, &dtrace_probe_operations, &dtrace_state__##id, 0600)

struct dtrace_probe {
	const char *name;
	struct static_key_false *key;
	/* How many times it was turned on; the kernel's lock on the module's parameters guards it. */
	unsigned int users;
};

/* Writing 1 turns the probe on, 0 undoes that; it is on as long as somebody wants it. */
static int __maybe_unused dtrace_probe_set(const char *text, const struct kernel_param *parameter)
{
	struct dtrace_probe *probe = parameter->arg;
	bool on;
	int error = kstrtobool(text, &on);

	if (error)
		return error;
	if (on && probe->users++ == 0)
		static_branch_enable(probe->key);
	if (!on && probe->users > 0 && --probe->users == 0)
		static_branch_disable(probe->key);
	return 0;
}

static int __maybe_unused dtrace_probe_get(char *text, const struct kernel_param *parameter)
{
	const struct dtrace_probe *probe = parameter->arg;

	return scnprintf(text, PAGE_SIZE, "%s %u\n", probe->name, probe->users);
}

static const struct kernel_param_ops dtrace_probe_operations __maybe_unused = {
	.set = dtrace_probe_set,
	.get = dtrace_probe_get,
};

#define DTRACE_EACH(what, ...) \
	DTRACE_PASTE(DTRACE_##what##_, DTRACE_COUNT(__VA_ARGS__))(__VA_ARGS__)
#define DTRACE_PASTE(one, other) DTRACE_PASTE_EXPANDED(one, other)
#define DTRACE_PASTE_EXPANDED(one, other) one##other
#define DTRACE_COUNT(...) \
	DTRACE_EIGHTH(0, ##__VA_ARGS__, 6, 5, 4, 3, 2, 1, 0)
#define DTRACE_EIGHTH(a, b, c, d, e, f, g, count, ...) count

#define DTRACE_PARAMETERS_0() void
#define DTRACE_PARAMETERS_1(a) a arg0
#define DTRACE_PARAMETERS_2(a, b) a arg0, b arg1
#define DTRACE_PARAMETERS_3(a, b, c) a arg0, b arg1, c arg2
#define DTRACE_PARAMETERS_4(a, b, c, d) a arg0, b arg1, c arg2, d arg3
#define DTRACE_PARAMETERS_5(a, b, c, d, e) a arg0, b arg1, c arg2, d arg3, e arg4
#define DTRACE_PARAMETERS_6(a, b, c, d, e, f) a arg0, b arg1, c arg2, d arg3, e arg4, f arg5

/* What an empty instruction reads must be passed. */
#define DTRACE_OPERANDS_0() "i"(0)
#define DTRACE_OPERANDS_1(a) "r"(arg0)
#define DTRACE_OPERANDS_2(a, b) "r"(arg0), "r"(arg1)
#define DTRACE_OPERANDS_3(a, b, c) "r"(arg0), "r"(arg1), "r"(arg2)
#define DTRACE_OPERANDS_4(a, b, c, d) "r"(arg0), "r"(arg1), "r"(arg2), "r"(arg3)
#define DTRACE_OPERANDS_5(a, b, c, d, e) \
	"r"(arg0), "r"(arg1), "r"(arg2), "r"(arg3), "r"(arg4)
#define DTRACE_OPERANDS_6(a, b, c, d, e, f) \
	"r"(arg0), "r"(arg1), "r"(arg2), "r"(arg3), "r"(arg4), "r"(arg5)

#endif
