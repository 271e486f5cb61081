/** Generated programs against the truth: what a process of our own did is what they counted. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { type Compiling, compileD, testEnvironment } from "../harness/compile-d.ts";
import { TracedEnabling } from "../harness/traced-enabling.ts";

/** Writes of one byte are ours; Node's own threads write more at once. */
const macros = { target: String(process.pid) };

function trace(text: string, during: () => void, compiling: Compiling = {}): TracedEnabling {
  const traced = new TracedEnabling(compileD(text, { macros, ...compiling }));
  traced.run("BEGIN");
  traced.attach();
  during();
  traced.state.activity = "draining";
  return traced;
}

function writeTimes(count: number): void {
  const file = openSync("/dev/null", "w");
  for (let time = 0; time < count; time += 1) writeSync(file, "x");
  closeSync(file);
}

test("count() counts every call of one process", () => {
  using traced = trace("syscall::write:entry /pid == $target && arg2 == 1/ { @ = count(); }", () =>
    writeTimes(20_000),
  );
  assert.equal(traced.aggregation(1).get("")?.[0], 20_000n);
});

test("arguments and results of a system call", () => {
  const text = `
    syscall::write:entry /pid == $target && arg2 == 5/ { @bytes[arg0 > 2, copyinstr(arg1)] = sum(arg2); }
    syscall::write:return /pid == $target && arg0 == 5/ { @results[arg0, arg1, errno] = count(); }
    syscall::close:return /pid == $target && errno == 9/ { @errors[arg0, errno] = count(); }`;
  using traced = trace(text, () => {
    const file = openSync("/dev/null", "w");
    writeSync(file, Buffer.from("abcd\0"));
    closeSync(file);
    assert.throws(() => closeSync(54_321));
  });
  assert.deepEqual([...traced.aggregation(1)], [['1,"abcd"', [5n, 1n]]]);
  assert.deepEqual([...traced.aggregation(2)], [["5,5,0", [1n]]]);
  assert.deepEqual([...traced.aggregation(3)], [["-1,9", [1n]]]);
});

test("all system calls through one program, by name", () => {
  const text = "syscall:::entry /pid == $target && arg2 == 1/ { @[probefunc] = count(); }";
  using traced = trace(text, () => writeTimes(1_000));
  assert.equal(traced.aggregation(1).get("write")?.[0], 1_000n);
});

test("a thread variable joins entry and return", () => {
  const text = `
    syscall::write:entry /pid == $target && arg2 == 1/ { self->ts = timestamp; }
    syscall::write:return /self->ts/ { @ = quantize(timestamp - self->ts); @n = count(); self->ts = 0; }`;
  using traced = trace(text, () => writeTimes(5_000));
  const buckets = traced.aggregation(1).get("") ?? [];
  assert.equal(traced.aggregation(2).get("")?.[0], 5_000n);
  assert.equal(
    buckets.slice(0, 128).reduce((sum, count) => sum + count, 0n),
    5_000n,
  );
});

test("records and drops together are all firings", () => {
  const text =
    'syscall::write:entry /pid == $target && arg2 == 1/ { printf("%d %s", arg2, execname); }';
  using traced = trace(text, () => writeTimes(5_000), { options: { bufsize: 1 << 14 } });
  const records = traced.records();
  assert.equal(BigInt(records.length) + (traced.drops()["principal"] ?? 0n), 5_000n);
  assert.ok(records.length > 100);
  assert.ok(records.every((record) => record.endsWith('write:entry printf(1, "node")')));
});

test("full aggregations and arrays are counted drops", () => {
  const text = `
    BEGIN { n = 0; }
    syscall::write:entry /pid == $target && arg2 == 1/ { n++; @[n] = count(); a[n] = 1; }`;
  using traced = trace(text, () => writeTimes(2_000), {
    options: { aggsize: 1 << 14, dynvarsize: 1 << 13 },
  });
  const kept = BigInt(traced.aggregation(1).size);
  assert.ok(kept >= 1_024n);
  assert.ok((traced.drops()["aggregation"] ?? 0n) > 0n);
  assert.equal(kept + (traced.drops()["aggregation"] ?? 0n), 2_000n);
  assert.ok((traced.drops()["dynamicVariable"] ?? 0n) > 1_000n);
});

/** arm64 calls have one numbering. */
if (process.arch === "x64")
  test("32-bit calls are told from 64-bit ones of the same number", toldApart);

function toldApart(): void {
  const folder = mkdtempSync(join(tmpdir(), "dtrace-"));
  const name = "calls-x32";
  writeFileSync(join(folder, name), executableOf(callsGetpid32(500)), { mode: 0o755 });
  // Number 20 is getpid in the 32-bit ABI, writev in the other.
  const text = `
    syscall:x32:getpid:entry /execname == "${name}"/ { @a = count(); }
    syscall:x32:getpid:return /execname == "${name}" && arg0 == pid/ { @b = count(); }
    syscall:x64:writev:entry /execname == "${name}"/ { @c = count(); }
    syscall:x64:exit:entry /execname == "${name}"/ { @d[arg0] = count(); }`;
  using traced = trace(text, () => assert.equal(spawnSync(join(folder, name)).status, 7));
  rmSync(folder, { recursive: true });
  assert.equal(traced.aggregation(1).get("")?.[0], 500n);
  assert.equal(traced.aggregation(2).get("")?.[0], 500n);
  assert.equal(traced.aggregation(3).get("")?.[0], 0n);
  assert.deepEqual([...traced.aggregation(4)], [["7", [1n]]]);
}

test("one program serves several tracepoints and knows which one fired", () => {
  const text = `sdt:sched::sched_switch, sdt:sched::sched_wakeup
    { @[probename, strjoin(probename, "!"), epid] = count(); }`;
  using traced = trace(text, () => spawnSync("true"));
  // Where a tracepoint carries no cookie, a program knows of one.
  const { rawTracepointCookie } = testEnvironment({}).features;
  assert.equal(traced.programs.length, rawTracepointCookie ? 1 : 2);
  assert.deepEqual([...traced.aggregation(1).keys()].sort(), [
    'sched_switch,"sched_switch!",1',
    'sched_wakeup,"sched_wakeup!",2',
  ]);
});

test("a stack begins at the function that holds the tracepoint", () => {
  const text = "sdt:sched::sched_switch { @[stack(2)] = count(); @u[ustack(4)] = count(); }";
  using traced = trace(text, () => spawnSync("true"));
  assert.deepEqual([...traced.aggregation(1).keys()], ["kernel stack of some frames"]);
});

test("firings that interrupt each other keep their scratch and clause variables apart", () => {
  const check = (mark: string): string => `{
      this->a = lltostr(timestamp); this->b = strjoin("${mark}", this->a); this->n = timestamp;
      this->c = strjoin(this->b, "end");
      @good["${mark}"] = sum(this->c == strjoin(strjoin("${mark}", lltostr(this->n)), "end"));
      @all["${mark}"] = count(); }`;
  const text = `
    syscall::write:entry /pid == $target && arg2 == 1/ ${check("call")}
    sdt:sched::sched_switch ${check("switch")}
    sdt:sched::sched_wakeup ${check("wakeup")}
    profile-4999 ${check("profile")}`;
  using traced = trace(text, () => writeTimes(100_000));
  const good = traced.aggregation(1);
  const all = traced.aggregation(2);
  assert.equal(all.get('"call"')?.[0], 100_000n);
  for (const [mark, [count]] of all) assert.equal(good.get(mark)?.[0], count, mark);
  assert.deepEqual(traced.drops(), {});
});

/** Machine code: getpid through int 0x80, then exit(7). */
function callsGetpid32(times: number): readonly number[] {
  const count = [times & 0xff, (times >> 8) & 0xff, 0, 0];
  return [
    ...[0xbb, ...count],
    ...[0xb8, 20, 0, 0, 0, 0xcd, 0x80, 0xff, 0xcb, 0x75, 0xf5],
    ...[0xb8, 60, 0, 0, 0, 0xbf, 7, 0, 0, 0, 0x0f, 0x05],
  ];
}

/** The smallest ELF file that runs `code`. */
function executableOf(code: readonly number[]): Uint8Array {
  const headers = 120;
  const address = 0x40_0000n;
  const file = new DataView(new ArrayBuffer(headers + code.length));
  const bytes = new Uint8Array(file.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  file.setUint16(16, 2, true);
  file.setUint16(18, 62, true);
  file.setUint32(20, 1, true);
  file.setBigUint64(24, address + BigInt(headers), true);
  file.setBigUint64(32, 64n, true);
  file.setUint16(52, 64, true);
  file.setUint16(54, 56, true);
  file.setUint16(56, 1, true);
  file.setUint32(64, 1, true);
  file.setUint32(68, 5, true);
  file.setBigUint64(80, address, true);
  file.setBigUint64(88, address, true);
  file.setBigUint64(96, BigInt(bytes.length), true);
  file.setBigUint64(104, BigInt(bytes.length), true);
  file.setBigUint64(112, 4096n, true);
  bytes.set(code, headers);
  return bytes;
}
