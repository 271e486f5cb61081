/** Which system calls are traced in their functions: by how many are wanted, and how they return. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../../src/compiler/environment.ts";
import { compileD, testEnvironment } from "../harness/compile-d.ts";

const known = testEnvironment({});

const environmentWith = (features: Partial<Environment["features"]>): Environment => ({
  ...known,
  features: {
    ...known.features,
    mostTrampolines: 8,
    mostCallTrampolines: 16,
    takesTrampoline: () => true,
    ...features,
  },
});

/** Of each program: `entry` and `return` at the tracepoint, else with `function` before it. */
function placesOf(text: string, features: Partial<Environment["features"]> = {}): string {
  const { programs } = compileD(text, { environment: environmentWith(features) });
  const places = programs.map(({ attachment }) => {
    if (attachment.kind === "function-trampoline") return `function ${attachment.edge}`;
    return attachment.kind === "system-call" ? attachment.edge : attachment.kind;
  });
  return [...new Set(places)].join(", ");
}

const native = process.arch === "arm64" ? "arm64" : "x64";

test("few calls are traced in their functions, many at the tracepoint", () => {
  assert.equal(
    placesOf("syscall::read:entry, syscall::write:return { @ = count(); }"),
    "function entry, function return",
  );
  assert.equal(placesOf("syscall:::entry { @ = count(); }"), "entry");
  assert.equal(placesOf("syscall::read:entry { }", { mostCallTrampolines: 0 }), "entry");
  assert.equal(placesOf("syscall::read:entry { }", { takesTrampoline: () => false }), "entry");
});

test("an edge with a return that leaves no function is all at the tracepoint", () => {
  assert.equal(
    placesOf("syscall::clone:entry, syscall::clone:return, syscall::read:return { }"),
    "function entry, return",
  );
  for (const call of ["execve", "exit_group", "rt_sigreturn", "clone3"]) {
    assert.equal(placesOf(`syscall:${native}:${call}:return { }`), "return", call);
  }
});

test("several probes of one call keep their order, at the tracepoint", () => {
  assert.equal(placesOf("proc:::exec { } syscall::execve:entry { @ = count(); }"), "entry");
});

test("clauses of one probe are one program in its function", () => {
  const text = `syscall:${native}:read:entry { self->at = timestamp; }
    syscall:${native}:read:entry /arg0 == 3/ { @[execname] = count(); }`;
  const { programs } = compileD(text, { environment: environmentWith({}) });
  assert.equal(programs.length, 1);
});
