/*
 * kmemalloc - memory the kernel allocated, by the function that asked for it
 *
 * Usage:    dtrace --tools kmemalloc [pid | -c command]
 * Columns:  CALLER, COUNT, ASKED and GIVEN (bytes)
 * Example:  dtrace --tools kmemalloc -c 'ls /'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


sdt:kmem::kmalloc
/is_wanted/
{
	@counts[(uintptr_t)args[0]] = count();
	@asked[(uintptr_t)args[0]] = sum(args[2]);
	@given[(uintptr_t)args[0]] = sum(args[3]);
}

sdt:kmem::kmem_cache_alloc
/is_wanted/
{
	@counts[(uintptr_t)args[0]] = count();
	@asked[(uintptr_t)args[0]] = sum(args[2]->object_size);
	@given[(uintptr_t)args[0]] = sum(args[2]->size);
}

dtrace:::END
{
	printf("%-48s %8s %10s %10s\n", "CALLER", "COUNT", "ASKED", "GIVEN");
	printa("%-48a %@8u %@10u %@10u\n", @counts, @asked, @given);
}
