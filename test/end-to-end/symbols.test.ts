/** Names of addresses in processes, against nm(1) and programs whose calls are known. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../harness/build-program.ts";
import { runDtrace } from "../harness/run-dtrace.ts";

/** With frame pointers, functions that call nothing included. */
const flags = ["-O0", "-fno-omit-frame-pointer", "-mno-omit-leaf-frame-pointer"];
const dynamic = buildProgram(
  "known-functions",
  ...flags,
  "-pie",
  "-fPIE",
  "-DWITH_LIBRARY",
  "-ldl",
);
const library = buildProgram("known-library", ...flags, "-shared", "-fPIC");
const compiling = buildProgram("compiled-code", ...flags);

const ours = "/pid == $target || progenyof($target)/";
const stacks = `syscall::getppid:entry ${ours} { ustack(); }`;

async function trace(
  program: string,
  command: string,
  ...words: readonly string[]
): Promise<string> {
  const all = ["-q", "-xswitchrate=10s", ...words, "-n", program, "-c", command];
  const { stdout, stderr, status } = await runDtrace(all);
  assert.equal(status, 0, stderr);
  return stdout;
}

interface Frame {
  readonly module: string;
  readonly name: string;
  readonly offset: number;
}

function framesOf(text: string): readonly Frame[] {
  return [...text.matchAll(/^ {14}([^`\s]+)`(\w+)(?:\+0x([0-9a-f]+))?$/gm)].map(
    ([, module = "", name = "", offset = "0"]) => ({
      module,
      name,
      offset: Number.parseInt(offset, 16),
    }),
  );
}

/** What nm says how large functions are. */
function sizes(path: string): ReadonlyMap<string, number> {
  const text = execFileSync("nm", ["-S", "--defined-only", path], { encoding: "utf8" });
  const rows = text.matchAll(/^[0-9a-f]+ ([0-9a-f]+) [tTdD] (\w+)$/gm);
  return new Map([...rows].map(([, size = "", name = ""]) => [name, Number.parseInt(size, 16)]));
}

function assertCalls(text: string, path: string, module = basename(path)): void {
  const frames = framesOf(text).slice(0, 4);
  const names = ["inner", "middle", "outer", "main"];
  assert.deepEqual(
    frames.map((frame) => `${frame.module}\`${frame.name}`),
    names.map((name) => `${module}\`${name}`),
    text,
  );
  const known = sizes(path);
  for (const { name, offset } of frames) {
    assert.ok(offset > 0 && offset < (known.get(name) ?? 0), `${name}+${offset}`);
  }
}

for (const [kind, ...more] of [
  ["position independent", "-pie", "-fPIE"],
  ["at a fixed place", "-no-pie"],
  ["static", "-static", "-no-pie"],
  ["static and position independent", "-static-pie", "-fPIE"],
] as const) {
  test(`ustack() of a program that is ${kind}`, async () => {
    const path = buildProgram("known-functions", ...flags, ...more);
    assertCalls(await trace(stacks, `${path} 1`), path);
  });
}

test("ustack() of a child that has ended and whose file is gone", async () => {
  const path = `${dynamic}-removed`;
  copyFileSync(dynamic, path);
  const text = await trace(stacks, `${path} unlink fork 1`);
  assert.ok(!existsSync(path));
  assertCalls(text, dynamic, basename(path));
});

test("ustack() in a library that was opened late", async () => {
  const text = await trace(
    "syscall::getpgid:entry /pid == $target/ { ustack(); }",
    `${dynamic} ${library} 1`,
  );
  const frames = framesOf(text).slice(0, 3);
  assert.deepEqual(
    frames.map(({ module, name }) => `${module}\`${name}`),
    ["known-library`in_library", "known-functions`call_library", "known-functions`main"],
    text,
  );
});

test("ustack() in code that a compiler told of in a perf map", async () => {
  const text = await trace(`BEGIN { printf("%d\\n", $target) } ${stacks}`, compiling);
  after(() => rmSync(`/tmp/perf-${Number.parseInt(text, 10)}.map`));
  const frames = framesOf(text.replaceAll("[jit]", "jit")).slice(0, 3);
  assert.deepEqual(
    frames.map(({ module, name }) => `${module}\`${name}`),
    ["jit`made_up", "compiled-code`call", "compiled-code`main"],
    text,
  );
  assert.equal(frames[0]?.offset, process.arch === "arm64" ? 16 : 11);
});

test("usym(), ufunc(), umod(), uaddr(), ucaller and ustackdepth", async () => {
  const text = await trace(
    `syscall::getppid:entry /pid == $target/ {
      usym(arg0); printf("\\n"); ufunc(arg0); printf("\\n"); umod(arg0); printf("\\n");
      uaddr(arg0); printf("\\n%A\\n%A\\n%d\\n", arg0, ucaller, ustackdepth); ustack();
    }
    syscall::getuid:entry /pid == $target/ { usym(arg0 + 1); printf("\\n"); uaddr(arg0 + 1); }`,
    `${dynamic} 1`,
  );
  const rows = text.split("\n").map((row) => row.trim());
  const inner = "known-functions`inner";
  assert.deepEqual(rows.slice(0, 5), [
    inner,
    inner,
    "known-functions",
    `${inner}+0x1`,
    `${inner}+0x1`,
  ]);
  const [, caller] = framesOf(text);
  assert.equal(rows[5], `known-functions\`middle+0x${caller?.offset.toString(16)}`);
  assert.equal(rows[6], String([...text.matchAll(/^ {14}/gm)].length));
  const variable = "known-functions`known_variable";
  assert.deepEqual(rows.slice(-3, -1), [variable, `${variable}+0x1`]);
});

for (const [form, rows] of [
  ["usym", ["known-functions`inner 7"]],
  ["ufunc", ["known-functions`inner 7"]],
  ["umod", ["known-functions 7"]],
  [
    "uaddr",
    ["known-functions`inner 2", "known-functions`inner+0x1 3", "known-functions`inner+0x2 2"],
  ],
] as const) {
  test(`@[${form}()] has a row for each ${form === "umod" ? "file" : "function"}`, async () => {
    const text = await trace(
      `syscall::getppid:entry /pid == $target/ { @[${form}(arg0)] = count(); }`,
      `${dynamic} 7`,
      "-xaggsortkey",
    );
    const shown = text.split("\n").map((row) => row.trim().replace(/ +/, " "));
    assert.deepEqual(shown.filter(Boolean), rows);
  });
}

test("several aggregations by function are shown side by side", async () => {
  const text = await trace(
    `syscall::getppid:entry /pid == $target/ {
      @calls[ufunc(arg0)] = count(); @last[ufunc(arg0)] = max(arg0 & 0);
    }
    END { printa("%A %@d %@d\\n", @calls, @last); }`,
    `${dynamic} 5`,
  );
  assert.equal(text.trim(), "known-functions`inner 5 0");
});

test("sym(), func() and mod() of the kernel's data", async () => {
  const symbols = readFileSync("/proc/kallsyms", "utf8").split("\n");
  const data = symbols
    .map((line) => line.split(/[ \t]/))
    .filter(([, type = ""]) => /[DR]/.test(type));
  const addresses = data.map(([address]) => address);
  const alone = data.find(
    ([address = "", , name]) =>
      address.startsWith("ffff") &&
      name?.includes("__start") &&
      addresses.filter((other) => other === address).length === 1,
  );
  assert.ok(alone);
  const [address, , name] = alone;
  const text = await trace(
    `BEGIN { sym(0x${address}); printf("\\n"); func(0x${address}); printf("\\n"); mod(0x${address}); }`,
    "true",
  );
  assert.deepEqual(text.trim().split(/\s+/), [`vmlinux\`${name}`, `vmlinux\`${name}`, "vmlinux"]);
});
