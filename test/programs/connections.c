/*
 * Over the loopback device of the family named (4 or 6): 5 connections that send 5 bytes and get 10,
 * 3 that nobody accepts, 7 datagrams of 10 bytes.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int family;
static int listener;

static socklen_t address(struct sockaddr_storage *place, int port)
{
	memset(place, 0, sizeof *place);
	place->ss_family = family;
	if (family == AF_INET6) {
		struct sockaddr_in6 *six = (struct sockaddr_in6 *)place;
		six->sin6_addr = in6addr_loopback;
		six->sin6_port = port;
		return sizeof *six;
	}
	struct sockaddr_in *four = (struct sockaddr_in *)place;
	four->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	four->sin_port = port;
	return sizeof *four;
}

static int port_of(int socket)
{
	struct sockaddr_storage place;
	socklen_t size = sizeof place;
	getsockname(socket, (struct sockaddr *)&place, &size);
	return family == AF_INET6 ? ((struct sockaddr_in6 *)&place)->sin6_port
	                          : ((struct sockaddr_in *)&place)->sin_port;
}

static void read_all(int socket, int count)
{
	char text[16];
	while (count > 0) {
		ssize_t got = read(socket, text, count);
		if (got <= 0)
			exit(2);
		count -= got;
	}
}

static void *serve(void *nothing)
{
	for (int number = 0; number < 5; number++) {
		int peer = accept(listener, 0, 0);
		read_all(peer, 5);
		if (write(peer, "hellohello", 10) != 10)
			exit(3);
		close(peer);
	}
	return nothing;
}

int main(int count, char **words)
{
	struct sockaddr_storage place;
	pthread_t server;
	family = count > 1 && words[1][0] == '6' ? AF_INET6 : AF_INET;
	listener = socket(family, SOCK_STREAM, 0);
	bind(listener, (struct sockaddr *)&place, address(&place, 0));
	listen(listener, 8);
	int port = port_of(listener);
	pthread_create(&server, 0, serve, 0);
	for (int number = 0; number < 8; number++) {
		if (number == 5) {
			pthread_join(server, 0);
			close(listener);
		}
		int client = socket(family, SOCK_STREAM, 0);
		socklen_t size = address(&place, port);
		if ((connect(client, (struct sockaddr *)&place, size) == 0) != (number < 5))
			return 1;
		if (number < 5) {
			if (write(client, "hello", 5) != 5)
				return 4;
			read_all(client, 10);
			char rest;
			if (read(client, &rest, 1) != 0)
				return 5;
		}
		close(client);
	}
	int receiver = socket(family, SOCK_DGRAM, 0);
	int sender = socket(family, SOCK_DGRAM, 0);
	bind(receiver, (struct sockaddr *)&place, address(&place, 0));
	socklen_t size = address(&place, port_of(receiver));
	for (int number = 0; number < 7; number++) {
		if (sendto(sender, "0123456789", 10, 0, (struct sockaddr *)&place, size) != 10)
			return 6;
		char text[16];
		if (recv(receiver, text, sizeof text, 0) != 10)
			return 7;
	}
	return 0;
}
