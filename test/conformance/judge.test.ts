import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type Ended, failureOf, type Judged } from "./judge.ts";
import { expectationOf, optionsOf } from "./tests.ts";

const ended = (parts: Partial<Ended>): Ended => ({
  status: 0,
  timedOut: false,
  output: Buffer.from(""),
  errors: "",
  ...parts,
});

const judged = (file: string, output?: string): Judged => ({
  expects: expectationOf(file),
  language: file.endsWith(".ksh") ? "ksh" : "d",
  output: output === undefined ? undefined : Buffer.from(output),
});

describe("a test that has to succeed", () => {
  test("passes with status 0 and its output", () => {
    assert.equal(failureOf(judged("tst.a.d"), ended({ output: Buffer.from("any") })), undefined);
    const same = ended({ output: Buffer.from("one\n") });
    assert.equal(failureOf(judged("tst.a.d", "one\n"), same), undefined);
  });

  test("fails with a status, a time limit or other output", () => {
    const errors = "dtrace: script 'a.d' matched 1 probe\ndtrace: wrong at 0x12ab\n";
    assert.equal(failureOf(judged("tst.a.d"), ended({ status: 1, errors })), "exit 1: wrong at N");
    assert.equal(failureOf(judged("tst.a.d"), ended({ timedOut: true })), "time limit");
    const other = ended({ output: Buffer.from("one\ntvo\n") });
    assert.equal(failureOf(judged("tst.a.d", "one\ntwo\n"), other), "output differs in line 2");
    assert.equal(
      failureOf(judged("tst.a.d", "one\n"), ended({ output: Buffer.from("one\nmore\n") })),
      "output differs in line 2",
    );
  });
});

describe("a test that has to fail", () => {
  const tagged = "dtrace: failed to compile script a.d: [D_SYNTAX] line 1: syntax error\n";

  test("passes with its tag in the first line", () => {
    assert.equal(
      failureOf(judged("err.D_SYNTAX.a.d"), ended({ status: 1, errors: tagged })),
      undefined,
    );
    assert.equal(failureOf(judged("err.any.d"), ended({ status: 1 })), undefined);
    assert.equal(failureOf(judged("err.D_SYNTAX.a.ksh"), ended({ status: 1 })), undefined);
  });

  test("passes after a warning of the preprocessor", () => {
    const errors = `<stdin>:1:6: warning: missing terminating character\n${tagged}`;
    assert.equal(failureOf(judged("err.D_SYNTAX.a.d"), ended({ status: 1, errors })), undefined);
  });

  test("has no tag where the name runs on in small letters", () => {
    assert.equal(failureOf(judged("err.D_SYNTAXofone.d"), ended({ status: 1 })), undefined);
  });

  test("fails with success or another tag", () => {
    assert.equal(failureOf(judged("err.any.d"), ended({})), "no error");
    assert.match(
      failureOf(judged("err.D_IDENT.a.d"), ended({ status: 1, errors: tagged })) ?? "",
      /^no \[D_IDENT\]: failed to compile/,
    );
  });
});

test("a test of drops wants its tag on any line", () => {
  const errors = "dtrace: script 'a' matched 1 probe\ndtrace: [DTRACEDROP_SPEC] 1 drop\n";
  assert.equal(failureOf(judged("drp.DTRACEDROP_SPEC.d"), ended({ errors })), undefined);
  assert.match(failureOf(judged("drp.DTRACEDROP_SPEC.d"), ended({})) ?? "", /^no \[DTRACEDROP/);
});

test("options come from the first line", () => {
  assert.deepEqual(optionsOf("#!/usr/sbin/dtrace -qs\nBEGIN {}"), ["-q"]);
  assert.deepEqual(optionsOf("#!/usr/sbin/dtrace -s\n"), []);
  assert.deepEqual(optionsOf("BEGIN {}\n#!/usr/sbin/dtrace -q\n"), []);
});
