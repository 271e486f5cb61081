/** pcap(): packets of a known program, read back as tcpdump and Wireshark would. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

interface Packet {
  readonly length: number;
  readonly bytes: Buffer;
}

/** As draft-ietf-opsawg-pcap lays a file out. */
function readCapture(path: string): { readonly linkType: number; readonly packets: Packet[] } {
  const file = readFileSync(path);
  assert.equal(file.readUInt32LE(0), 0xa1b23c4d);
  const packets: Packet[] = [];
  for (let at = 24; at < file.length; ) {
    const captured = file.readUInt32LE(at + 8);
    packets.push({
      length: file.readUInt32LE(at + 12),
      bytes: file.subarray(at + 16, at + 16 + captured),
    });
    at += 16 + captured;
  }
  return { linkType: file.readUInt32LE(20), packets };
}

const isDatagram = ({ bytes }: Packet): boolean => bytes[0] === 0x45 && bytes[9] === 17;

test("a capture file has every packet, in whole or as far as pcapsize goes", async () => {
  const program = buildProgram("connections");
  const folder = mkdtempSync(join(tmpdir(), "dtrace-"));
  try {
    for (const [size, kept] of [
      ["2k", 38],
      ["30", 30],
    ] as const) {
      const path = join(folder, `capture-${size}`);
      const traced = await runDtrace([
        "-qw",
        "-x",
        `pcapsize=${size}`,
        "-n",
        "sdt:net::net_dev_queue /pid == $target/" +
          ` { freopen("${path}"); pcap(args[0], PCAP_IP); freopen(""); }`,
        "-c",
        `${program} 4`,
      ]);
      assert.equal(traced.status, 0, traced.stderr);
      const { linkType, packets } = readCapture(path);
      assert.equal(linkType, 101);
      const datagrams = packets.filter(isDatagram);
      // 20 bytes of IP's header, 8 of UDP's, 10 of the program's.
      assert.deepEqual(
        datagrams.map(({ length, bytes }) => [length, bytes.length]),
        Array.from({ length: 7 }, () => [38, kept]),
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("without a file packets are dumped, and are values in JSON", async () => {
  const program = buildProgram("connections");
  const clause = "ip:::send /pid == $target && args[4]->ipv4_protocol == IPPROTO_UDP/";
  const command = ["-q", "-n", `${clause} { pcap(args[0]->pkt_addr, PCAP_IP); }`];
  const target = ["-c", `${program} 4`];
  const dumped = await runDtrace([...command, ...target]);
  assert.equal(dumped.status, 0, dumped.stderr);
  assert.equal(dumped.stdout.match(/^ +0: 45 /gm)?.length, 7, dumped.stdout);

  const json = await runDtrace([...command, "-x", "format=json", ...target]);
  const values = json.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .filter(({ kind }) => kind === "record")
    .flatMap(({ values: recorded }) => recorded);
  assert.equal(values.length, 7);
  for (const { action, protocol, length, bytes } of values) {
    assert.deepEqual([action, protocol, length, bytes.length], ["pcap", 101, 38, 76]);
  }
});
