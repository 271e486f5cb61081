/** -L: libraries of the user are read when a program needs them, and are wrong only for those. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { runCommand, runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-test-"));
after(() => rmSync(folder, { recursive: true }));

const library = (name: string, text: string): void => writeFileSync(join(folder, name), text);

library(
  "sound.d",
  `typedef struct pair { int first; string second; } pair_t;
translator pair_t < struct task_struct *T > { first = T->tgid; second = T->comm; };
inline pair_t *curpair = xlate <pair_t *> (curthread);
inline int MINE = 77;
inline int twice[int x] = x * 2;`,
);
library("garbled.d", "inline int FIRST = 1;\ninline int SECOND = 1 + ;\n");
library(
  "wrong.d",
  "inline int THIRD = nosuch;\ntranslator psinfo_t < char C > { pr_pid = C; pr_nothing = 3; };\n",
);
library("unmet.d", "#pragma D depends_on provider nosuchprovider\ninline int FOURTH = 4;\n");
library("above.d", "#pragma D depends_on library sound.d\ninline int ABOVE = MINE + 1;\n");
library("over.d", "#pragma D depends_on library unmet.d\ninline int OVER = 1;\n");

const evaluate = (expression: string, ...words: readonly string[]) => {
  const program = `BEGIN { printf("%d\\n", ${expression}); exit(0); }`;
  return runDtrace(["-q", "-L", folder, "-xerrtags", ...words, "-n", program]);
};

for (const [expression, expected] of [
  ["curpair->first == pid", 1],
  ["curpair->second == execname", 1],
  ["twice[MINE]", 154],
  ["ABOVE", 78],
  // Those of the package are there as well, whatever is wrong with the user's.
  ["curpsinfo->pr_pid == pid", 1],
  ["EPERM + SIGKILL + O_CREAT", 74],
] as const) {
  test(`${expression} is ${expected}`, async () => {
    const { stdout, stderr } = await evaluate(expression);
    assert.equal(stdout, `${expected}\n\n`, stderr);
  });
}

for (const [expression, tag, place] of [
  ["FIRST", "D_SYNTAX", `"${folder}/garbled.d", line 2: `],
  ["THIRD", "D_IDENT_UNDEF", `"${folder}/wrong.d", line 1: failed to resolve nosuch: `],
  ["FOURTH", "D_IDENT_UNDEF", "in action list: failed to resolve FOURTH: "],
  ["OVER", "D_IDENT_UNDEF", "in action list: failed to resolve OVER: "],
] as const) {
  test(`${expression} is refused for what is wrong with its library`, async () => {
    const { stderr, status } = await evaluate(expression);
    assert.ok(stderr.includes(`[${tag}] ${place}`), stderr);
    assert.equal(status, 1);
  });
}

test("without libraries their names mean nothing", async () => {
  const { stderr } = await evaluate("EPERM", "-xnolibs");
  assert.match(stderr, /failed to resolve EPERM: Unknown variable name/);
});

test("a program may use a library's names for its own things", async () => {
  const program = `typedef struct { int x; } psinfo_t;
    inline int EPERM = 100;
    int SIGTERM;
    BEGIN { SIGTERM = 5; printf("%d %d %d", EPERM, SIGTERM, sizeof (psinfo_t)); exit(0); }`;
  const { stdout, stderr } = await runDtrace(["-q", "-n", program]);
  assert.equal(stdout, "100 5 4\n", stderr);
});

test("libraries that depend on each other are refused", async () => {
  const cycle = join(folder, "cycle");
  mkdirSync(cycle);
  writeFileSync(join(cycle, "a.d"), "#pragma D depends_on library b.d\n");
  writeFileSync(join(cycle, "b.d"), "#pragma D depends_on library a.d\n");
  const { stderr, status } = await runDtrace(["-L", cycle, "-e"]);
  assert.equal(stderr, `dtrace: Cyclic dependency detected: ${cycle}/b.d => ${cycle}/a.d\n`);
  assert.equal(status, 1);
});

test("a library that is nowhere is refused, a folder that is nowhere is not", async () => {
  const lacking = join(folder, "lacking");
  mkdirSync(lacking);
  writeFileSync(join(lacking, "a.d"), "#pragma D depends_on library none.d\n");
  const { stderr, status } = await runDtrace(["-L", lacking, "-e"]);
  assert.equal(stderr, `dtrace: Invalid library dependency in ${lacking}/a.d: none.d\n`);
  assert.equal(status, 1);
  assert.equal((await runDtrace(["-L", join(folder, "nowhere"), "-e"])).status, 0);
});

test("a program that needs no library reads none", async () => {
  const trace = ["strace", "-f", "-e", "trace=openat", process.execPath, "bin/dtrace", "-e", "-n"];
  const opened = async (program: string): Promise<string> =>
    (await runCommand("env", [...trace, program])).stderr;
  const needsNone = "syscall::read:entry /pid == 1/ { @[execname] = count(); }";
  assert.doesNotMatch(await opened(needsNone), /libraries\.|\/lib\/\w+\.d"/);
  assert.match(await opened("BEGIN { trace(EPERM); }"), /\/lib\/errno\.d"/);
});
