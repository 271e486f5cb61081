/* Sends a known number of datagrams to an address that may or may not answer. */

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int count, char **words)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	int from = socket(AF_INET, SOCK_DGRAM, 0);

	if (count != 3 || from < 0 || inet_aton(words[1], &to.sin_addr) != 1)
		return 1;
	for (int left = atoi(words[2]); left > 0; left--)
		if (sendto(from, "x", 1, 0, (struct sockaddr *)&to, sizeof(to)) != 1)
			return 2;
	return 0;
}
