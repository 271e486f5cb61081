/** net.d, tcp.d and udp.d: packets and connections that the test itself makes on the loopback. */

import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { test } from "node:test";
import { type Outcome, runDtrace } from "../../harness/run-dtrace.ts";

/** Runs `act` once the program traces, and ends it with SIGINT. */
function during(program: string, act: () => Promise<void>): Promise<Outcome> {
  let begun = false;
  return runDtrace(["-q", "-x", "switchrate=50hz", "-n", program], {
    onOutput: (text, kill) => {
      if (begun || !text.includes("begun\n")) return;
      begun = true;
      void act().finally(() => setTimeout(() => kill("SIGINT"), 300));
    },
  });
}

const begin = 'BEGIN { printf("begun\\n"); }';

test("a datagram's headers are those of what was sent", async () => {
  const receiver = createSocket("udp4");
  const sender = createSocket("udp4");
  receiver.bind(0, "127.0.0.1");
  sender.bind(0, "127.0.0.1");
  await Promise.all([once(receiver, "listening"), once(sender, "listening")]);
  const [from, to] = [sender.address().port, receiver.address().port];

  const program = `${begin}
    sdt:net::net_dev_queue
    /xlate <udpinfo_t> (args[0]).udp_dport == ${to} && xlate <ipinfo_t> (args[0]).ip_ver == 4/ {
      this->ip = (struct iphdr *)(args[0]->head + args[0]->network_header);
      printf("%d %d %d", xlate <udpinfo_t> (args[0]).udp_sport,
        xlate <udpinfo_t> (args[0]).udp_length, xlate <ipinfo_t> (args[0]).ip_plength);
      printf(" %d %d %s %d %s %d\\n", xlate <ipv4info_t> (this->ip).ipv4_ihl,
        xlate <ipv4info_t> (this->ip).ipv4_protocol == IPPROTO_UDP,
        xlate <ipv4info_t> (this->ip).ipv4_protostr,
        xlate <ipv4info_t> (this->ip).ipv4_length,
        xlate <ifinfo_t> (args[0]->dev).if_name, xlate <ifinfo_t> (args[0]->dev).if_local);
    }`;
  const { stdout, stderr } = await during(program, async () => {
    sender.send("twenty bytes of text", to, "127.0.0.1");
    await once(receiver, "message");
  });
  sender.close();
  receiver.close();
  assert.equal(stdout.trim(), `begun\n${from} 28 28 20 1 UDP 48 lo 1`, stderr);
});

test("a connection goes through the states it should, seen from both sides", async () => {
  const server = createServer((socket) => socket.on("data", () => socket.end("answer")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const program = `${begin}
    sdt:sock::inet_sock_set_state
    /xlate <tcpsinfo_t> (args[0]).tcps_rport == ${port}/ {
      printf("client %s %s %d\\n", tcp_state_string[args[1]], tcp_state_string[args[2]],
        xlate <tcpsinfo_t> (args[0]).tcps_local);
    }
    sdt:sock::inet_sock_set_state
    /xlate <tcpsinfo_t> (args[0]).tcps_lport == ${port} && args[2] != TCP_STATE_LISTEN/ {
      printf("server %s %s %d\\n", tcp_state_string[args[1]], tcp_state_string[args[2]],
        xlate <tcpsinfo_t> (args[0]).tcps_state == args[1]);
    }`;
  const { stdout, stderr } = await during(program, async () => {
    const client = connect(port, "127.0.0.1");
    client.write("question");
    client.resume();
    await once(client, "close");
  });
  server.close();
  const states = (side: string): readonly string[] =>
    stdout.split("\n").filter((line) => line.startsWith(side));
  assert.deepEqual(
    states("client"),
    [
      "client state-closed state-syn-sent 1",
      "client state-syn-sent state-established 1",
      "client state-established state-close-wait 1",
      "client state-close-wait state-last-ack 1",
      "client state-last-ack state-closed 1",
    ],
    stderr,
  );
  assert.deepEqual(
    states("server").slice(0, 4),
    [
      "server state-listen state-syn-received 1",
      "server state-syn-received state-established 1",
      "server state-established state-fin-wait-1 1",
      "server state-fin-wait-1 state-fin-wait-2 1",
    ],
    stdout,
  );
});
