/** -xformat=json: every line is an object of docs/json.md with what the program recorded. */

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { runWithCapabilities } from "../harness/restricted.ts";
import { type Outcome, runDtrace } from "../harness/run-dtrace.ts";

type Json = { readonly [member: string]: unknown };

function linesOf(text: string): readonly Json[] {
  assert.ok(text.endsWith("\n"), text);
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
}

async function traced(program: string, ...words: readonly string[]): Promise<readonly Json[]> {
  const outcome: Outcome = await runDtrace(["-xformat=json", ...words, "-n", program]);
  assert.equal(outcome.stderr, "");
  return linesOf(outcome.stdout);
}

const only = (lines: readonly Json[], kind: string): readonly Json[] =>
  lines.filter((line) => line["kind"] === kind);

const begin = { id: 1, provider: "dtrace", module: "", function: "", name: "BEGIN" };

/** The actions of the first record. */
function actionsOf(lines: readonly Json[]): readonly Json[] {
  return only(lines, "record")[0]?.["values"] as readonly Json[];
}

describe("the life of a trace", () => {
  test("starts with what is traced and ends with the status", async () => {
    const lines = await traced("BEGIN { exit(0); } END { trace(1); }");
    const [first] = lines;
    const last = lines.at(-1);
    assert.equal(first?.["kind"], "start");
    assert.equal(first?.["schema"], 1);
    assert.deepEqual(first?.["programs"], [{ title: "description 'BEGIN '", matched: 2 }]);
    assert.equal(last?.["kind"], "end");
    assert.equal(last?.["status"], 0);
    assert.equal(last?.["interrupted"], false);
    const [record] = only(lines, "record");
    assert.deepEqual(record?.["probe"], begin);
    const times = [first, ...only(lines, "record"), last].map((line) =>
      Number(line?.["timestamp"]),
    );
    assert.deepEqual(
      times,
      times.toSorted((one, other) => one - other),
    );
  });

  test("a status of exit() and an interrupt are told", async () => {
    const ended = await runDtrace(["-xformat=json", "-n", "BEGIN { exit(3); }"]);
    assert.equal(ended.status, 3);
    assert.equal(linesOf(ended.stdout).at(-1)?.["status"], 3);
    const stopped = await runDtrace(["-xformat=json", "-n", "BEGIN { trace(1); }"], {
      onOutput: (text, kill) => text.includes('"record"') && kill("SIGINT"),
    });
    assert.equal(linesOf(stopped.stdout).at(-1)?.["interrupted"], true);
  });

  test("a program that is refused gives an error with its tag", async () => {
    const { stdout, stderr, status } = await runDtrace([
      "-xformat=json",
      "-n",
      "BEGIN { nosuch; }",
    ]);
    assert.equal(status, 1);
    const [error, end] = linesOf(stdout);
    assert.equal(error?.["cause"], "compile");
    assert.equal(error?.["tag"], "D_IDENT_UNDEF");
    assert.equal(`dtrace: ${error?.["message"]}\n`, stderr);
    assert.equal(end?.["status"], 1);
  });

  test("what the kernel refuses is an error after the start", async () => {
    const { stdout, stderr, status } = await runWithCapabilities(
      [],
      ["-xformat=json", "-n", "BEGIN { exit(0); }"],
    );
    assert.equal(status, 1);
    const lines = linesOf(stdout);
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ["start", "error", "end"],
    );
    assert.equal(lines[1]?.["cause"], "failure");
    assert.equal(`dtrace: ${lines[1]?.["message"]}\n`, stderr);
  });

  test("goes to the file of -o, and with a pragma too", async () => {
    const folder = mkdtempSync(join(tmpdir(), "dtrace-json-"));
    try {
      const path = join(folder, "out");
      const script = join(folder, "one.d");
      writeFileSync(script, "#pragma D option format=json\nBEGIN { trace(1); exit(0); }");
      const { stdout } = await runDtrace(["-o", path, "-s", script]);
      assert.equal(stdout, "");
      assert.equal(only(linesOf(readFileSync(path, "utf8")), "record").length, 1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("quiet leaves out records without values", async () => {
    const lines = await traced("BEGIN { trace(1); } BEGIN { exit(0); }", "-q");
    assert.equal(only(lines, "record").length, 1);
    assert.equal(only(await traced("BEGIN { exit(0); }"), "record").length, 1);
  });
});

describe("records", () => {
  test("integers are exact, text is text", async () => {
    const lines = await traced(
      'BEGIN { trace((uint64_t)-1); trace((int64_t)-1); trace("a\\"b"); trace((char)-3); ' +
        "trace(9007199254740991); trace(9007199254740992); exit(0); }",
    );
    assert.deepEqual(
      actionsOf(lines).map(({ value }) => value),
      [
        { type: "integer", value: "18446744073709551615" },
        { type: "integer", value: -1 },
        { type: "string", value: 'a"b' },
        { type: "integer", value: -3 },
        { type: "integer", value: 9007199254740991 },
        { type: "integer", value: "9007199254740992" },
      ],
    );
  });

  test("printf() gives its text and its arguments", async () => {
    const [action] = actionsOf(
      await traced('BEGIN { printf("%5d|%s\\n", 42, probename); exit(0); }'),
    );
    assert.deepEqual(action, {
      action: "printf",
      text: "   42|BEGIN\n",
      arguments: [
        { type: "integer", value: 42 },
        { type: "string", value: "BEGIN" },
      ],
    });
  });

  test("print() and tracemem() give what memory holds", async () => {
    const [printed, dumped] = actionsOf(
      await traced(
        "struct pair { int one; short two[2]; }; BEGIN { this->p = (struct pair *)alloca(8); " +
          "this->p->one = -5; this->p->two[0] = 1; this->p->two[1] = 2; print(*this->p); " +
          "tracemem(this->p, 8); exit(0); }",
      ),
    );
    assert.equal(printed?.["type"], "struct pair");
    assert.deepEqual(printed?.["value"], { one: -5, two: [1, 2] });
    assert.deepEqual(dumped, { action: "tracemem", bytes: "fbffffff01000200" });
  });

  test("stacks have symbols", async () => {
    const [action] = actionsOf(await traced("BEGIN { stack(4); exit(0); }"));
    const stack = action?.["value"] as { readonly frames: readonly Json[] } & Json;
    assert.equal(stack["space"], "kernel");
    assert.ok(stack.frames.some(({ symbol }) => String(symbol).includes("sys_bpf")));
    for (const { address, text, symbol, module, offset } of stack.frames) {
      assert.match(String(address), /^0x[0-9a-f]+$/);
      if (symbol === undefined) continue;
      const shown = offset === 0 ? "" : `+0x${Number(offset).toString(16)}`;
      assert.equal(text, `${module}\`${symbol}${shown}`);
    }
  });

  test("system() keeps what the command prints out of the lines", async () => {
    const lines = only(
      await traced('BEGIN { system("echo out; exit 3"); exit(0); }', "-q", "-w"),
      "record",
    );
    assert.deepEqual(actionsOf(lines), [
      { action: "system", command: "echo out; exit 3", status: 3, output: "out\n" },
    ]);
  });
});

describe("aggregations", () => {
  test("one line for each key, at the end and for printa()", async () => {
    const lines = await traced("BEGIN { @a[1] = count(); @a[2] = count(); exit(0); }");
    assert.deepEqual(
      only(lines, "aggregation").map(({ key, values }) => ({ key, values })),
      [1, 2].map((key) => ({
        key: [{ type: "integer", value: key }],
        values: [{ name: "a", function: "count", value: 1 }],
      })),
    );
    const shown = await traced(
      'BEGIN { @a = avg(4); @b = max(9); printa("%@d %@d", @a, @b); exit(0); }',
    );
    const [line] = only(shown, "aggregation");
    assert.equal(only(shown, "aggregation").length, 1);
    assert.deepEqual(line?.["probe"], begin);
    assert.deepEqual(line?.["values"], [
      { name: "a", function: "avg", value: 4, count: 1, sum: 4 },
      { name: "b", function: "max", value: 9 },
    ]);
  });

  test("distributions have the limits of their buckets", async () => {
    const lines = await traced(
      "BEGIN { @q = quantize(-9); @q = quantize(0); @l = lquantize(50, 0, 10, 5); exit(0); }",
    );
    const [q, l] = only(lines, "aggregation").map(({ values }) => (values as readonly Json[])[0]);
    assert.deepEqual(q?.["buckets"], [
      { from: -15, to: -8, count: 1 },
      { from: 0, to: 0, count: 1 },
    ]);
    assert.deepEqual(l?.["buckets"], [{ from: 10, to: null, count: 1 }]);
  });
});

describe("what goes wrong", () => {
  test("a fault names the clause and the address", async () => {
    const lines = await traced("BEGIN { trace(*(int *)16); } BEGIN { exit(0); }");
    const [error] = only(lines, "error");
    assert.equal(error?.["fault"], "DTRACEFLT_BADADDR");
    assert.equal(error?.["address"], "0x10");
    assert.deepEqual(error?.["probe"], begin);
    assert.equal(error?.["epid"], 1);
  });

  test("drops are counted", async () => {
    const lines = await traced(
      "BEGIN { s = speculation(); t = speculation(); exit(0); }",
      "-xnspec=1",
    );
    const [drop] = only(lines, "drop");
    assert.equal(drop?.["tag"], "DTRACEDROP_SPECUNAVAIL");
    assert.equal(drop?.["count"], 1);
  });

  test("the end of a target is told", async () => {
    const lines = await traced("BEGIN { }", "-c", "/bin/false");
    const [target] = only(lines, "target");
    assert.equal(target?.["status"], 1);
  });
});
