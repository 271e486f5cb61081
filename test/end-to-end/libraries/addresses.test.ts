/** inet_ntoa(), inet_ntoa6(), inet_ntop(): the examples of RFC 1884, and IPv4 at its ends. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

/** The address as two words of the memory it lies in. */
function words(address: readonly number[]): readonly [bigint, bigint] {
  const bytes = Buffer.alloc(16);
  for (const [index, part] of address.entries()) bytes.writeUInt16BE(part, index * 2);
  return [bytes.readBigUInt64LE(0), bytes.readBigUInt64LE(8)];
}

const version6 = [
  {
    address: [0xfedc, 0xba98, 0x7654, 0x3210, 0xfedc, 0xba98, 0x7654, 0x3210],
    alone: "fedc:ba98:7654:3210:fedc:ba98:7654:3210",
    within: "fedc:ba98:7654:3210:fedc:ba98:7654:3210",
  },
  {
    address: [0x1080, 0, 0, 0, 8, 0x800, 0x200c, 0x417a],
    alone: "1080::8:800:200c:417a",
    within: "1080::8:800:200c:417a",
  },
  { address: [0xff01, 0, 0, 0, 0, 0, 0, 0x43], alone: "ff01::43", within: "ff01::43" },
  { address: [0, 0, 0, 0, 0, 0, 0, 1], alone: "::1", within: "::1" },
  { address: [0, 0, 0, 0, 0, 0, 0, 0], alone: "::", within: "::" },
  {
    address: [0, 0, 0, 0, 0, 0xffff, 0x8190, 0x3426],
    alone: "129.144.52.38",
    within: "::ffff:129.144.52.38",
  },
] as const;

test("addresses of version 6", async () => {
  const clauses = version6.map(({ address }) => {
    const [first, second] = words(address);
    return `BEGIN {
      this->p = (uint64_t *)alloca(16); this->p[0] = ${first}ull; this->p[1] = ${second}ull;
      printf("%s %s\\n", inet_ntoa6((struct in6_addr *)this->p), inet_ntop(AF_INET6, this->p));
    }`;
  });
  const { stdout, stderr } = await runDtrace([
    "-q",
    "-n",
    `${clauses.join("\n")} BEGIN { exit(0) }`,
  ]);
  const expected = version6.map(({ alone, within }) => `${alone} ${within}\n`);
  assert.equal(stdout, `${expected.join("")}\n`, stderr);
});

test("addresses of version 4, and a family that is none", async () => {
  const program = `BEGIN { p = (ipaddr_t *)alloca(4); *p = htonl(0x7f000001);
      printf("%s %s\\n", inet_ntoa(p), inet_ntop(AF_INET, p)); }
    BEGIN { p = (ipaddr_t *)alloca(4); *p = 0; printf("%s\\n", inet_ntoa(p)); }
    BEGIN { p = (ipaddr_t *)alloca(4); *p = -1; printf("%s\\n", inet_ntoa(p)); }
    BEGIN { trace(inet_ntop(7, p)); }
    BEGIN { trace(inet_ntoa((ipaddr_t *)8)); }
    ERROR { printf("%d %d\\n", arg4, arg5); }
    BEGIN { exit(0); }`;
  const { stdout, stderr } = await runDtrace(["-q", "-n", program]);
  const faults = "3 0\n1 8\n";
  assert.equal(stdout, `127.0.0.1 127.0.0.1\n0.0.0.0\n255.255.255.255\n${faults}\n`, stderr);
});
