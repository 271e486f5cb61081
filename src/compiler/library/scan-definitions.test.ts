/** What a library's outline tells of the names it defines. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { scanDefinitions, scanDependencies } from "./scan-definitions.ts";

const found = (text: string): readonly string[] =>
  scanDefinitions(text).map(({ space, name }) => `${space} ${name}`);

for (const [text, names] of [
  ["inline int EPERM = 1;", ["identifier EPERM"]],
  ['inline string f[int a, char *b] =\n  a == 1 ? ";" : "x";', ["identifier f"]],
  ["inline psinfo_t *p = xlate <psinfo_t *> (curthread);", ["identifier p"]],
  ["typedef struct pair { int a; int b; } pair_t;", ["tag pair", "typedef pair_t"]],
  ["struct pair { int a[3]; struct { int x; } inner; };", ["tag pair"]],
  ["typedef struct task_struct proc_t;", ["typedef proc_t"]],
  ["typedef char *caddr_t;", ["typedef caddr_t"]],
  ["typedef void (*handler_t)(int);", ["typedef handler_t"]],
  ["typedef int table_t[4][5];", ["typedef table_t"]],
  ["enum colour { RED, GREEN = 4, };", ["tag colour", "identifier RED", "identifier GREEN"]],
  ["translator pair_t < struct task_struct *T > { a = T->pid; };", ["translator pair_t"]],
  ["int counter;", ["identifier counter"]],
  ["string names[int, int];", ["identifier names"]],
  ["provider mine { probe start(int); };", []],
  ["/* inline int HIDDEN = 1; */ inline int SEEN = 2;", ["identifier SEEN"]],
  ['#pragma D binding "1.0" X\ninline int X = 1;', ["identifier X"]],
  ["inline int A = 1 + ; inline int B = 2;", ["identifier A", "identifier B"]],
] as const) {
  test(text, () => assert.deepEqual(found(text), names));
}

test("the libraries that one depends on", () => {
  const text = "#pragma D depends_on library io.d\n#pragma D depends_on provider tcp\n";
  assert.deepEqual(scanDependencies(text), ["io.d"]);
});
