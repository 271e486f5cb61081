/*
 * Makes system calls from functions whose names the test knows, N times: outer calls middle, which
 * calls inner, which calls getppid with an address inside of inner. Other words before N: `fork`
 * does it in a child, `unlink` takes the program's file away first, `library` calls the
 * library's function as well.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "direct-call.h"

#ifdef WITH_LIBRARY
#include <dlfcn.h>
#endif

int known_variable = 7;

__attribute__((noinline)) long inner(int n)
{
	return direct_call(SYS_getppid, (const char *)inner + n % 3);
}

__attribute__((noinline)) long middle(int n)
{
	return inner(n) + 1;
}

__attribute__((noinline)) long outer(int n)
{
	return middle(n) + 1 + direct_call(SYS_getuid, &known_variable);
}

static void call_library(const char *path)
{
#ifdef WITH_LIBRARY
	void *library = dlopen(path, RTLD_NOW);
	long (*function)(void) = library ? dlsym(library, "in_library") : NULL;
	if (!function)
		exit(3);
	function();
#else
	(void)path;
#endif
}

int main(int count, char **words)
{
	for (int i = 1; i < count - 1; i++) {
		if (!strcmp(words[i], "unlink"))
			unlink(words[0]);
		else if (!strcmp(words[i], "fork")) {
			pid_t child = fork();
			if (child > 0)
				return waitpid(child, NULL, 0) != child;
		} else
			call_library(words[i]);
	}
	for (int n = atoi(words[count - 1]); n > 0; n--)
		outer(n);
	return 0;
}
