/* Opens a file for each `-` and at first, and writes each other word to it with a call of its own. */

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **words)
{
	int to = -1;

	for (int index = 2; index < count; index++) {
		const char *word = words[index];

		if (to < 0 || strcmp(word, "-") == 0) {
			close(to);
			to = open(words[1], O_WRONLY);
			if (to < 0)
				return 1;
		}
		if (strcmp(word, "-") != 0 && write(to, word, strlen(word)) != (ssize_t)strlen(word))
			return 2;
	}
	return 0;
}
