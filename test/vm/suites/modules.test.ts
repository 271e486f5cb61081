/** Probes that modules publish, from examples/hworld: only guests load modules. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { commandPath, runDtrace } from "../../harness/run-dtrace.ts";

const module = `${process.env["DTRACE_LAB_MODULES"]}/hworld.ko`;
const parameters = "/sys/module/hworld/parameters";

const folder = mkdtempSync(join(tmpdir(), "dtrace-hworld-"));
after(() => rmSync(folder, { recursive: true }));

const load = (): void => void execFileSync("insmod", [module]);
const unload = (): void => void execFileSync("rmmod", ["hworld"]);
const isLoaded = (): boolean => /^hworld /m.test(readFileSync("/proc/modules", "utf8"));
afterEach(() => {
  if (isLoaded()) unload();
});

/** `hworld:hworld:open:entry 0` and its kin. */
const switches = (): readonly string[] =>
  readdirSync(parameters).map((name) => readFileSync(`${parameters}/${name}`, "utf8").trim());

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}`);
  chmodSync(path, 0o755);
  return path;
}

const greet = `${buildProgram("known-greetings", "-static")} /dev/hworld`;

/** Three opens with as many closes, seven greetings, one of them empty: what the probes tell. */
const greetings = script("greetings", `${greet} one three - 'a b c' four five! '' - seven\n`);

test("the probes of a module are there while it is", async () => {
  const before = await runDtrace(["-l", "-n", "hworld:::"]);
  assert.match(before.stderr, /No probe matches description/);
  load();
  const { stdout, stderr } = await runDtrace(["-l", "-n", "hworld:hworld::"]);
  const listed = stdout.split("\n").slice(1).filter(Boolean);
  assert.deepEqual(
    listed.map((line) => line.trim().split(/\s+/).slice(1).join(" ")),
    [
      "hworld hworld open entry",
      "hworld hworld release entry",
      "hworld hworld write entry",
      "hworld hworld write nothing-said",
      "hworld hworld write return",
    ],
    stderr,
  );
});

test("every firing is seen, and while nobody looks nothing is called", async () => {
  load();
  assert.deepEqual(
    switches().filter((text) => !text.endsWith(" 0")),
    [],
  );
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", greetings, "-n"],
    `hworld:::
     { @[probefunc, probename] = count(); }
     END { printa("%s %s %@d\\n", @); }`,
  ]);
  assert.deepEqual(
    stdout.trim().split("\n").sort(),
    ["open entry 3", "release entry 3", "write entry 7", "write nothing-said 1", "write return 7"],
    stderr,
  );
  assert.deepEqual(
    switches().filter((text) => !text.endsWith(" 0")),
    [],
  );
});

test("arguments have the module's types", async () => {
  load();
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", greetings, "-n"],
    `hworld:hworld:open:entry
     { printf("open %s\\n", stringof(args[1]->f_path.dentry->d_name.name)); }
     hworld:hworld:write:entry
     { printf("%d %s %d\\n", args[0]->count, stringof(args[1]), args[2]); }
     hworld:hworld:write:return
     /args[2] == 4/
     {
       printf("%d %s %d %c %d %d", args[0]->count, args[0]->text, args[2], args[3], args[4], args[5]);
       printf(" %s\\n", args[5] == HWORLD_HAPPY ? "happy" : "not happy");
     }`,
  ]);
  assert.deepEqual(
    stdout.trim().split("\n"),
    [
      ...["open hworld", "1 one 3", "2 three 5"],
      ...["open hworld", "1 a b c 5", "2 four 4", "2 four 4 f -2 2 happy", "3 five! 5", "4  0"],
      ...["open hworld", "1 seven 5"],
    ],
    stderr,
  );
});

test("the stack begins where the probe is", async () => {
  load();
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", greetings, "-n"],
    "hworld::open:entry { stack(1); exit(0); }",
  ]);
  assert.match(stdout, /^\s*hworld`hworld_open\+0x/, stderr);
});

const rounds = 100;

const untilOn = `while grep -q ' 0$' ${parameters}/*; do sleep 0.05; done`;

/** Waits until all probes are on, greets thrice, and unloads at the first attempt. */
const comesAndGoes = script(
  "comes-and-goes",
  `for round in $(seq ${rounds}); do
  insmod ${module} || exit 1
  ${untilOn}
  ${greet} $round again bye
  rmmod hworld || exit 2
done
echo unloaded
`,
);

test("a module comes and goes a hundred times under a running script", async () => {
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-Z", "-c", comesAndGoes, "-n"],
      `hworld::: { @[probefunc, probename] = count(); }
       hworld::write:entry { @length = sum(args[2]); @said[stringof(args[1])] = count(); }
       END { printa("%s %s %@d\\n", @); printa("%@d\\n", @length); trunc(@said, 2); printa("%s %@d\\n", @said); }`,
    ],
    { timeoutMs: 120_000 },
  );
  // What seq printed: nine numbers of one digit, ninety of two, one of three.
  const length = 9 + 2 * 90 + 3 + rounds * "againbye".length;
  assert.deepEqual(
    stdout.trim().split("\n"),
    [
      "unloaded",
      `open entry ${rounds}`,
      `release entry ${rounds}`,
      `write entry ${3 * rounds}`,
      `write return ${3 * rounds}`,
      `${length}`,
      `again ${rounds}`,
      `bye ${rounds}`,
    ],
    stderr,
  );
  assert.doesNotMatch(execFileSync("dmesg", { encoding: "utf8" }), /\b(BUG|Oops|WARNING|stall)\b/);
});

test("the functions of a module loaded later have names, also when it is gone", async () => {
  const workload = script(
    "later",
    `insmod ${module} && ${untilOn} && ${greet} hello && rmmod hworld\n`,
  );
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-Z", "-c", workload, "-n"],
    "hworld::: { @[stack(1)] = count(); }",
  ]);
  const found = stdout.match(/hworld`hworld_\w+/g) ?? [];
  assert.deepEqual(
    found.sort(),
    ["hworld`hworld_open", "hworld`hworld_release", "hworld`hworld_write", "hworld`hworld_write"],
    stderr,
  );
});

test("a script leaves alone what another has turned on", async () => {
  load();
  const other = script(
    "other",
    `exec ${process.execPath} ${commandPath} -qn 'hworld::open:entry { } BEGIN { printf("other "); exit(0); }'`,
  );
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-w", "-c", greetings, "-n"],
    `BEGIN { system("%s", "${other}"); }
     hworld::open:entry { @ = count(); }
     END { printa("%@d\\n", @); }`,
  ]);
  assert.match(stdout, /^other\s+3\s*$/, stderr);
});

test("what was killed holds no module", async () => {
  load();
  const { signal } = await runDtrace(["-q", "-n", 'hworld::: { } BEGIN { printf("on"); }'], {
    onOutput: (_, kill) => kill("SIGKILL"),
  });
  assert.equal(signal, "SIGKILL");
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", greetings, "-n"],
    'hworld::open:entry { @ = count(); } END { printa("%@d\\n", @); }',
  ]);
  assert.equal(stdout.trim(), "3", stderr);
  unload();
});

test("a module's tracepoints have its types, and hold it as long as they are traced", async () => {
  load();
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-c", script("held", `${greetings}\nrmmod hworld 2> /dev/null || echo held\n`), "-n"],
    `sdt:hworld::hworld_greeting
     { printf("%d/%s/%s\\n", args[0]->count, stringof(args[0]->text), stringof(args[1])); }`,
  ]);
  assert.deepEqual(
    stdout
      .trim()
      .split("\n")
      .filter((line) => line !== "held"),
    [
      ...["1/one/one", "2/three/three"],
      ...["1/a b c/a b c", "2/four/four", "3/five!/five!", "4//"],
      "1/seven/seven",
    ],
    stderr,
  );
  assert.match(stdout, /^held$/m);
  unload();
});

test("tracepoints of a module loaded later are traced where their system is named", async () => {
  const workload = script(
    "later-tracepoints",
    `insmod ${module}
while grep -q '^0' /sys/module/hworld/refcnt || grep -q 'write:entry 0$' ${parameters}/*; do sleep 0.05; done
${greet} one two
`,
  );
  const { stdout, stderr } = await runDtrace([
    ...["-q", "-Z", "-c", workload, "-n"],
    `sdt:hworld::, hworld::write:entry
     { printf("%s %d %s %s\\n", probeprov, args[0]->count, stringof(args[1]), vtimestamp > 0 ? "ran" : ""); }`,
  ]);
  assert.deepEqual(
    stdout.trim().split("\n"),
    ["hworld 1 one ran", "sdt 1 one ran", "hworld 2 two ran", "sdt 2 two ran"],
    stderr,
  );
  unload();
});

const addressIn = (pattern: RegExp, text: string): number =>
  Number.parseInt(pattern.exec(text)?.[1] ?? "", 16);

/** Up to where the function first goes elsewhere for good, with what the linker is told. */
function straightCode(functionName: string): string {
  const code = execFileSync("objdump", ["-dr", `--disassemble=${functionName}`, module], {
    encoding: "utf8",
  });
  const start = addressIn(/^([0-9a-f]+) <.*>:$/m, code);
  // What the linker is told of the code before it is shown, too.
  const lines = code.split("\n").filter((line) => addressIn(/^\s+([0-9a-f]+):/, line) >= start);
  const end = lines.findIndex((line) => /\s(ret|jmp|b)\s/.test(`${line} `));
  return lines.slice(0, end).join("\n");
}

test("where a probe fires nothing is called while it is off", () => {
  const code = straightCode("hworld_open");
  assert.match(code, /\b(xchg +%ax,%ax|nopl|nop)\b/);
  assert.match(code, /kmalloc|kmem_cache_alloc/);
  assert.doesNotMatch(code, /dtrace_probe__/);
});
