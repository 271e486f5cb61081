/** instr needs kprobes and the kernel's memory: only guests run this. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readKernelFunctions } from "../../../src/kernel/functions/kernel-functions.ts";
import { isKernelError } from "../../../src/kernel/kernel-error.ts";
import { openInstructionProbe } from "../../../src/kernel/perf-event.ts";
import { readKernelSymbols } from "../../../src/kernel/symbols/kernel-symbols.ts";
import { openKernelText } from "../../../src/kernel/symbols/kernel-text.ts";
import { createDecoder, unknownInstruction } from "../../../src/providers/instr/decoder.ts";
import { decodeFunction } from "../../../src/providers/instr/function-code.ts";
import { buildProgram } from "../../harness/build-program.ts";
import { arrivals, type KernelCode, kernelCode, type Runs } from "../../harness/kernel-code.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-instr-"));
after(() => rmSync(folder, { recursive: true }));

const file = join(folder, "known-file");
writeFileSync(file, "0123456789");
const reads = buildProgram("known-reads", "-static");
const readsOf = (count: number): string => `${reads} ${file} ${count}`;

const registers =
  process.arch === "arm64"
    ? { first: "R_X0", second: "R_X1", third: "R_X2" }
    : { first: "R_RDI", second: "R_RSI", third: "R_RDX" };

const traced = "vfs_read";
const code = kernelCode(traced);
const offsets = code.instructions.map(({ offset }) => offset);
/** The first that can be probed where functions begin with what belongs to ftrace. */
const early = offsets.find((offset) => offset >= (process.arch === "arm64" ? 12 : 9)) ?? 0;

test("an instruction is counted exactly, as often as fbt counts its function", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(1000), "-n"],
    `instr:kernel:${traced}:${early}, fbt::${traced}:entry /pid == $target/
     { @[probeprov, probemod, probename] = count(); }
     END { printa("%s %s %s %@d\\n", @); }`,
  ]);
  const expected = [`fbt vmlinux entry 1000`, `instr vmlinux ${early} 1000`];
  assert.deepEqual(stdout.trim().split("\n").sort(), expected, stderr);
});

test("registers are the function's arguments, and those of fbt", async () => {
  const { first, second, third } = registers;
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(3), "-n"],
    `fbt::${traced}:entry /pid == $target/ { self->file = arg0; self->bytes = arg1; }
     instr::${traced}:${early} /pid == $target/
     {
       printf("%d %d %d ", regs[${third}], regs[${first}] == self->file,
           regs[${second}] == self->bytes);
       printf("%a %d\\n", regs[R_PC], stackdepth > 2);
     }`,
  ]);
  const place = `vmlinux\`${traced}+0x${early.toString(16)}`;
  const expected = [1, 2, 3].map((size) => `${size} 1 1 ${place} 1`).join("\n");
  assert.equal(stdout.trim(), expected, stderr);
});

/** Its first call: on arm64 the caller is on the stack by then. */
const framed = code.instructions.find(({ mnemonic }) => /^(call|bl)$/.test(mnemonic))?.offset ?? 0;

test("stacks begin with the instruction itself", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(1), "-n"],
    `instr::${traced}:0x${framed.toString(16)} /pid == $target/ { printf("%a", caller); stack(2); }`,
  ]);
  const [caller = "", own, under] = stdout.trim().split(/\s+/);
  assert.match(caller, /^vmlinux`\w+pread64\+0x\w+$/, stderr);
  assert.deepEqual([own, under], [`vmlinux\`${traced}+0x${framed.toString(16)}`, caller]);
});

test("what is listed are the boundaries, under both names", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-l", "-n", `instr::${traced}:`],
    ...["-n", `instr::${traced}-*:`],
  ]);
  const rows = stdout.trim().split("\n").slice(1);
  const [, module] = /instr\s+(\S+)/.exec(rows[0] ?? "") ?? [];
  assert.equal(module, "vmlinux", stderr);
  const names = rows.map((row) => row.trim().split(/\s+/).slice(3).join(":"));
  assert.deepEqual(names, [
    ...offsets.map((offset) => `${traced}:${offset}`),
    ...code.instructions.map(
      ({ offset, mnemonic }) =>
        `${traced}-${mnemonic}:0x${(code.start + BigInt(offset)).toString(16)}`,
    ),
  ]);
});

test("the kernel's own decoder has the same boundaries", () => {
  const own = new Set(offsets);
  const refused: string[] = [];
  for (let offset = 0; offset < 96; offset += 1) {
    const refusal = refusalAt(code, offset);
    const isNone = process.arch === "arm64" ? offset % 4 !== 0 : refusal === "EILSEQ";
    assert.equal(isNone, !own.has(offset), `${traced}+${offset}: ${refusal}`);
    if (!isNone && refusal !== undefined) refused.push(`+${offset} ${refusal}`);
  }
  assert.ok(refused.length < 8, refused.join(", "));
});

function refusalAt({ start }: KernelCode, offset: number): string | undefined {
  try {
    using _probe = openInstructionProbe(start + BigInt(offset), `+${offset}`);
    return undefined;
  } catch (error) {
    if (isKernelError(error)) return error.code;
    throw error;
  }
}

test("functions are decoded to their end", () => {
  using text = openKernelText();
  assert.ok(text);
  const { names, modules, leftOut } = readKernelFunctions();
  const sample = new Set(
    names.filter(
      (_, index) => index % 150 === 0 && modules[index] === undefined && !leftOut.has(index),
    ),
  );
  const decode = createDecoder(process.arch === "arm64" ? "arm64" : "x64");
  const unread: string[] = [];
  const odd: string[] = [];
  const found = readKernelSymbols()
    .functionsCalled(sample)
    .filter(({ module }) => module === "vmlinux");
  assert.ok(found.length > 200);
  for (const { name, range } of found) {
    const bytes = text.read(range.start, Number(range.end - range.start));
    assert.ok(bytes);
    const last = decode(bytes, range.start).at(-1);
    const isWhole = last && last.address + BigInt(last.size) === range.end;
    const own = decodeFunction(text, decode, { ...range, last: undefined }) ?? [];
    if (!isWhole) unread.push(name);
    if (own.some(({ mnemonic }) => mnemonic === unknownInstruction)) odd.push(name);
  }
  assert.deepEqual(unread, []);
  assert.ok(odd.length < found.length / 100, odd.join(" "));
});

test("what jumps tell agrees with where the code goes on", async () => {
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", readsOf(200), "-n"],
    `instr::${traced}: /pid == $target/ { @[probename, arg0, args[0]] = count(); }
     END { printa("%s %d %d %@d\\n", @); }`,
  ]);
  const counted = readCounts(stdout);
  assert.ok(counted.size > 30, stderr);
  const jumps = code.instructions.filter(
    ({ offset, target, goesOn }) => target !== undefined && goesOn && counted.has(offset),
  );
  assert.ok(jumps.length > 5, "few jumps were seen");
  const expected = arrivals(code, counted);
  for (const [offset, { total }] of counted) {
    if (offset === 0) continue;
    assert.equal(total, expected.get(offset), `${traced}+${offset}\n${stdout}`);
  }
});

function readCounts(stdout: string): ReadonlyMap<number, Runs> {
  const counted = new Map<number, Runs>();
  for (const line of stdout.trim().split("\n")) {
    const [offset = 0, raw = 0, typed, count = 0] = line.split(" ").map(Number);
    assert.equal(raw, typed);
    const { total, taken } = counted.get(offset) ?? { total: 0, taken: 0 };
    counted.set(offset, { total: total + count, taken: taken + raw * count });
  }
  return counted;
}

test("what cannot be probed is named, and no reason to fail where others can", async () => {
  const refused = findRefused();
  const alone = await runDtrace(["-n", `instr::${patched}:${refused} { exit(0); }`]);
  assert.notEqual(alone.status, 0);
  assert.match(alone.stderr, new RegExp(`could not enable tracing: .*${patched}\\+${refused}\\b`));
  const both = await runDtrace([
    ...["-c", readsOf(1), "-n"],
    `instr::${patched}:${refused}, instr::${traced}:${early} /pid == $target/ { exit(0); }`,
  ]);
  assert.equal(both.status, 0);
  assert.match(both.stderr, new RegExp(`the kernel refuses ${patched}\\+${refused}\\n`));
});

/** Has a tracepoint: the kernel puts a jump to it there while it is traced. */
const patched = "wake_up_new_task";

function findRefused(): number {
  const own = kernelCode(patched);
  const found = own.instructions.find(
    ({ offset, mnemonic }) =>
      offset > early && /^(nop|jmp|xchg|b)$/.test(mnemonic) && refusalAt(own, offset) !== undefined,
  );
  assert.ok(found, "everything can be probed");
  return found.offset;
}

const tooMuch = [
  ["instr:::", /the instructions of \d+ functions are too many, name fewer functions/],
  ["instr::vfs_read:1", /does not match any probes\n/],
] as const;
for (const [description, expected] of tooMuch) {
  test(`${description} says why it finds nothing`, async () => {
    const { stderr, status } = await runDtrace(["-n", `${description} { exit(0); }`]);
    assert.notEqual(status, 0);
    assert.match(stderr, expected);
  });
}

test("code that another tracer hides is not guessed at", async (context) => {
  if (process.arch === "arm64") return context.diagnostic("breakpoints hide one instruction there");
  const place = code.instructions.find(({ offset }) => offset > early);
  assert.ok(place);
  using _probe = openInstructionProbe(code.start + BigInt(place.offset), traced);
  const { stderr } = await runDtrace(["-n", `instr::${traced}-j*: { exit(0); }`]);
  assert.match(stderr, new RegExp(`another tracer has a probe within ${traced}`));
});

const datagrams = buildProgram("known-datagrams", "-static");
const workload = join(folder, "workload");
writeFileSync(
  workload,
  `#!/bin/sh
set -e
ip link add lab0 type dummy
echo 1 > /proc/sys/net/ipv6/conf/lab0/disable_ipv6
ip addr add 10.9.9.1/24 dev lab0
ip link set lab0 up
${datagrams} 10.9.9.2 25
ip link del lab0
rmmod dummy
echo unloaded
`,
);
chmodSync(workload, 0o755);

test("code of a module is traced, and the module can go", async () => {
  execFileSync("modprobe", ["dummy", "numdummies=0"]);
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", workload, "-n"],
    `instr:dummy:dummy_xmit: { @[probemod, probename] = count(); }
     END { printa("%s %s %@d\\n", @); }`,
  ]);
  const [last, ...rows] = stdout.trim().split("\n");
  assert.equal(last, "unloaded", stderr);
  const counts = new Map(rows.map((row) => [row.split(" ")[1], row.split(" ")[2]]));
  assert.ok(counts.size > 10, stdout);
  assert.ok(rows.every((row) => row.startsWith("dummy ")));
  assert.equal(Math.max(...[...counts.values()].map(Number)), 25, stdout);
});
