import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../diagnostics/diagnostic.ts";
import { renderMessage } from "../../diagnostics/render.ts";
import type { SourceText } from "../../syntax/source-text.ts";
import { CheckFailure } from "../checker.ts";
import { seenFromProgram } from "./libraries.ts";

const program: SourceText = { name: "own.d", kind: "file", text: "BEGIN { trace(lgrp); }" };
const source: SourceText = { name: "/somewhere/lib/sched.d", kind: "file", text: "" };
const use = { start: 14, end: 18, line: 1 };
const missing = diagnose(
  "D_IDENT_UNDEF",
  { start: 400, end: 410, line: 28 },
  "`numa_node",
  "Unknown symbol name",
);

function shown(isShipped: boolean): string {
  const error = new CheckFailure({ ...missing, library: { source, isShipped } });
  const seen = seenFromProgram(error, use);
  assert.ok(seen instanceof CheckFailure);
  return renderMessage(seen.diagnostic, { source: program, lineMarkers: [], tags: true });
}

test("what the kernel lacks for a library of ours is told where the program needs it", () => {
  assert.equal(
    shown(true),
    "[D_IDENT_UNDEF] line 1: sched.d, line 28: failed to resolve `numa_node: Unknown symbol name",
  );
});

test("what is wrong in a user's library is told where it stands", () => {
  assert.equal(
    shown(false),
    '[D_IDENT_UNDEF] "/somewhere/lib/sched.d", line 28: failed to resolve `numa_node: Unknown symbol name',
  );
});

test("what is no failure of a check passes", () => {
  const error = new Error("a bug");
  assert.equal(seenFromProgram(error, use), error);
});
