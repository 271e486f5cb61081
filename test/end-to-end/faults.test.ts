/** What programs must not do: ERROR tells what and where, the clause is given up, others go on. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { type Outcome, runDtrace } from "../harness/run-dtrace.ts";

const badAddress = { code: 1, text: (address: string) => `invalid address (0x${address})` };
const divideByZero = { code: 4, text: () => "divide-by-zero" };

interface Fault {
  readonly clause: string;
  /** 0 is the predicate. */
  readonly action: number;
  readonly what: typeof badAddress | typeof divideByZero;
  readonly address?: string;
}

const inAction = (statements: string, address: string): Fault => ({
  clause: `{ ${statements}; printf("never"); }`,
  action: 1,
  what: badAddress,
  address,
});

const pointers = ["0", "1234", "ffffffffffffffff", "deadbeefdeadbeef", "7fff12345000"];

const faults: readonly Fault[] = [
  ...pointers.map((address) => inAction(`trace(stringof((char *)0x${address}))`, address)),
  ...pointers.map((address) => inAction(`trace(*(char *)0x${address})`, address)),
  ...pointers.map((address) => inAction(`trace(copyinstr(0x${address}))`, address)),
  inAction("tracemem(copyin(0x10, 8), 8)", "10"),
  inAction("x = *(int *)0x18", "18"),
  inAction("self->x = *(int *)0x20", "20"),
  inAction("a[*(int *)0x28] = 1", "28"),
  inAction("@sum = sum(*(long *)0x30)", "30"),
  inAction("@keys[*(long *)0x38] = count()", "38"),
  inAction("@names[stringof((char *)0x40)] = count()", "40"),
  inAction("trace(strlen((char *)0x48))", "48"),
  inAction("print(*(struct list_head *)0x50)", "50"),
  inAction("trace(((struct list_head *)0x58)->prev)", "60"),
  { clause: "{ trace(1); trace(1 / zero); }", action: 2, what: divideByZero },
  { clause: "{ trace(1 % zero); }", action: 1, what: divideByZero },
  { clause: "{ @quotients[1 / zero] = count(); }", action: 1, what: divideByZero },
  { clause: "{ @max = max(1 % zero); }", action: 1, what: divideByZero },
  { clause: "/ 1 / zero / { trace(1); }", action: 0, what: divideByZero },
  { clause: "/ *(int *)0x68 == 1 / { trace(1); }", action: 0, what: badAddress, address: "68" },
  {
    clause: '/ stringof((char *)0x70) == "a" / { trace(1); }',
    action: 0,
    what: badAddress,
    address: "70",
  },
];

const error = 'ERROR { printf("\\n%d %d %d %d %x\\n", arg1, arg2, arg3, arg4, arg5); }';

function lineOf({ action, what, address = "0" }: Fault, at: number, probe: string): string {
  const place = action === 0 ? "predicate" : `action #${action}`;
  return `dtrace: error on enabled probe ID ${at} (ID ${probe}): ${what.text(address)} in ${place}`;
}

/** In the probe `name` all faults, one after the other. */
async function fire(name: string): Promise<Outcome> {
  const clauses = faults.map(({ clause }) => `${name} ${clause}`);
  const program = [error, "BEGIN { zero = 0; }", ...clauses, `${name} { exit(0); }`].join("\n");
  const outcome = await runDtrace(["-q", "-n", program]);
  assert.equal(outcome.status, 0, outcome.stderr);
  return outcome;
}

for (const [name, probe] of [
  ["BEGIN", /1: dtrace:::BEGIN/],
  ["tick-20ms", /\d+: profile:::tick-20ms/],
  ["sdt:sched::sched_switch", /\d+: sdt:sched::sched_switch/],
] as const) {
  test(`every fault in ${name}`, async () => {
    const { stdout, stderr } = await fire(name);
    const shown: readonly string[] = stdout.match(/\d+ \d+ -1 \d+ [0-9a-f]+$/gm) ?? [];
    const told = stderr.trimEnd().split("\n");
    const identity = probe.exec(stderr)?.[0] ?? "";
    for (const [index, fault] of faults.entries()) {
      // EPID 1 is ERROR's, 2 the first BEGIN's.
      const epid = index + 3;
      const { action, what, address = "0" } = fault;
      assert.ok(shown.includes(`${epid} ${action} -1 ${what.code} ${address}`), fault.clause);
      assert.ok(told.includes(lineOf(fault, epid, identity)), fault.clause);
    }
    assert.equal(shown.length, told.length);
    assert.ok(!stdout.includes("never"), stdout);
  });
}

test("without an ERROR clause faults are told on standard error only", async () => {
  const { stdout, stderr, status } = await runDtrace([
    "-q",
    "-n",
    'BEGIN { trace(*(int *)0) } BEGIN { printf("on"); exit(0) }',
  ]);
  assert.equal(stdout, "on\n");
  assert.equal(
    stderr,
    "dtrace: error on enabled probe ID 1 (ID 1: dtrace:::BEGIN): " +
      "invalid address (0x0) in action #1\n",
  );
  assert.equal(status, 0);
});

const program = buildProgram("bad-addresses");

const mine = "pid == $target";

for (const [read, holds] of [
  ["copyinstr(arg0)", '!= ""'],
  ["*(char *)copyin(arg0, 1)", "!= 0"],
] as const) {
  for (const [place, clause] of [
    ["an action", `/ ${mine} / { trace(${read}); }`],
    ["a predicate", `/ ${mine} && ${read} ${holds} / { trace(1); }`],
    ["a key", `/ ${mine} / { @[${read}] = count(); }`],
  ] as const) {
    test(`${read} in ${place}, of addresses that the process has not`, async () => {
      const source = `ERROR { printf("ERROR %d %x\\n", arg4, arg5); }
        syscall::chdir:entry ${clause}
        syscall::chdir:entry / ${mine} / { printf("next\\n"); }`;
      const { stdout, stderr, status } = await runDtrace(["-q", "-n", source, "-c", program]);
      assert.equal(status, 0, stderr);
      const addresses = stdout.match(/^[0-9a-f]+$/gm) ?? [];
      assert.equal(new Set(addresses).size, 6);
      const errors = [...stdout.matchAll(/ERROR 1 ([0-9a-f]+)$/gm)].map(([, address]) => address);
      assert.deepEqual(errors, addresses);
      assert.equal(stdout.match(/next$/gm)?.length, 7);
    });
  }
}
