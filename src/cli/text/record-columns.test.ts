import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ecb } from "../../compiler/enabling.ts";
import { RecordColumns } from "./record-columns.ts";

const attributes = { name: "Stable", data: "Stable", class: "Common" } as const;

function ecbOf(epid: number, id: number, text: string): Ecb {
  const [provider = "", module = "", functionName = "", name = ""] = text.split(":");
  return {
    epid,
    probe: {
      id,
      provider,
      module,
      function: functionName,
      name,
      stability: {
        provider: attributes,
        module: attributes,
        function: attributes,
        name: attributes,
        arguments: attributes,
      },
      context: { kind: "session" },
      arguments: () => [],
    },
    record: {
      span: { start: 0, end: 0, line: 1 },
      size: 16,
      charge: 12,
      actions: [],
      speculates: false,
    },
  };
}

const entry = ecbOf(1, 10, "fbt:vmlinux:f:entry");
const entryAgain = ecbOf(2, 10, "fbt:vmlinux:f:entry");
const inside = ecbOf(3, 11, "sdt:sched::wakeup");
const leave = ecbOf(4, 12, "fbt:vmlinux:f:return");
const leaveAgain = ecbOf(5, 12, "fbt:vmlinux:f:return");
const call = ecbOf(6, 13, "syscall:x64:read:entry");
const methodEntry = ecbOf(7, 14, "language:::method-entry");
const noEntry = ecbOf(8, 15, "language:::carpentry");
const methodReturn = ecbOf(9, 16, "language:::method-return");
const long = ecbOf(10, 17, "fbt:vmlinux:a_function_with_a_name_of_more_than_32:entry");
const ecbs = [
  entry,
  entryAgain,
  inside,
  leave,
  leaveAgain,
  call,
  methodEntry,
  noEntry,
  methodReturn,
  long,
];

const next = (epid: number) => ({ followingEpid: () => epid });

const flow = { quiet: false, flowindent: true };

test("the heading comes once, before the first record", () => {
  const columns = new RecordColumns(ecbs);
  const options = { quiet: false, flowindent: false };
  assert.equal(
    columns.before(entry, 0, next(0), options),
    "CPU     ID                    FUNCTION:NAME\n  0     10                          f:entry ",
  );
  assert.equal(
    columns.before(leave, 1, next(0), options),
    "  1     12                         f:return ",
  );
});

test("quiet shows neither, -F shows both even when quiet", () => {
  assert.equal(
    new RecordColumns(ecbs).before(entry, 0, next(0), { quiet: true, flowindent: false }),
    "",
  );
  assert.equal(
    new RecordColumns(ecbs).before(call, 0, next(0), { quiet: true, flowindent: true }),
    `CPU FUNCTION                                 \n  0  => read                                  `,
  );
});

test("indentation follows entry and return", () => {
  const columns = new RecordColumns(ecbs);
  const texts = [entry, inside, leave].map((ecb) =>
    columns.before(ecb, 0, next(0), flow).trimEnd(),
  );
  assert.equal(texts[0], "CPU FUNCTION                                 \n  0  -> f");
  assert.equal(texts[1], "  0   | :wakeup");
  assert.equal(texts[2], "  0  <- f");
});

test("a name that is wider than its column is whole", () => {
  const columns = new RecordColumns(ecbs);
  const options = { quiet: false, flowindent: false };
  columns.before(entry, 0, next(0), options);
  const name = "a_function_with_a_name_of_more_than_32";
  assert.equal(columns.before(long, 12, next(0), options), ` 12     17 ${name}:entry `);
  assert.equal(columns.before(long, 12, next(0), flow), ` 12  -> ${name.padEnd(37)} `);
});

test("an entry or return is also one whose name ends in it after a hyphen", () => {
  const columns = new RecordColumns(ecbs);
  const shown = [methodEntry, noEntry, methodReturn].map((ecb) =>
    columns.before(ecb, 0, next(0), flow).trimEnd(),
  );
  assert.deepEqual(shown.slice(1), ["  0   | :carpentry", "  0  <-"]);
});

test("each CPU's buffer begins without indentation, a return too many has none", () => {
  const columns = new RecordColumns(ecbs);
  columns.before(entry, 0, next(0), flow);
  columns.restart();
  const shown = [inside, leave, inside].map((ecb) => columns.before(ecb, 1, next(0), flow));
  assert.deepEqual(
    shown.map((text) => text.trimEnd()),
    ["  1 | :wakeup", "  1  <- f", "  1 | :wakeup"],
  );
});

test("several clauses of one probe indent once and return once", () => {
  const columns = new RecordColumns(ecbs);
  const shown = [
    columns.before(entry, 0, next(2), flow),
    columns.before(entryAgain, 0, next(4), flow),
    columns.before(leave, 0, next(5), flow),
    columns.before(leaveAgain, 0, next(0), flow),
  ].map((text) => text.trimEnd());
  assert.deepEqual(shown.slice(1), ["  0   | f:entry", "  0   | f:return", "  0  <- f"]);
});
