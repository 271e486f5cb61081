/* Calls getppid once below DEPTH calls of descend (the only word), each from the one before. */
#include <stdlib.h>
#include <unistd.h>

__attribute__((noinline)) int descend(int depth)
{
	return (depth > 1 ? descend(depth - 1) : (int)getppid()) + 1;
}

int main(int argc, char **argv)
{
	return descend(argc > 1 ? atoi(argv[1]) : 1) == 0;
}
