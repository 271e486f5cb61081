import assert from "node:assert/strict";
import { test } from "node:test";
import { formatString } from "./bytes.ts";
import { formatStack } from "./stack.ts";
import { formatSymbol, type NameSource, type Place } from "./value.ts";

function namesOf(place: Place | undefined): NameSource {
  return {
    kernelPlace: () => place,
    userPlace: () => place,
    hostName: (address) => address,
    portName: String,
  };
}

const place: Place = { module: "node", symbol: "main", offset: 4n };
const user = { space: "user", process: 7, addresses: [0x10n, 0x20n] } as const;

test("a frame without a place shows what the process calls it", () => {
  const stack = { ...user, strings: ["Object.run", ""] };
  assert.equal(
    formatStack(stack, { names: namesOf(undefined), indent: 2 }),
    "\n  Object.run\n  0x20\n",
  );
});

test("a frame with a place keeps it, and notes stand below", () => {
  const stack = { ...user, strings: ["ignored", "@line 7"] };
  assert.equal(
    formatStack(stack, { names: namesOf(place), indent: 2 }),
    "\n  node`main+0x4\n  node`main+0x4\n    [ line 7 ]\n",
  );
});

test("an empty stack is a newline", () => {
  assert.equal(
    formatStack({ ...user, addresses: [] }, { names: namesOf(place), indent: 14 }),
    "\n",
  );
});

const symbols = [
  ["sym", place, "node`main"],
  ["func", place, "node`main"],
  ["usym", place, "node`main"],
  ["uaddr", place, "node`main+0x4"],
  ["umod", place, "node"],
  ["sym", { ...place, symbol: undefined }, "node`0x1234"],
  ["mod", undefined, "0x1234"],
] as const;

for (const [form, where, expected] of symbols) {
  test(`${form} of ${where?.symbol ?? where?.module ?? "nothing"}`, () => {
    const value = { process: 7, address: 0x1234n };
    assert.equal(formatSymbol(form, value, namesOf(where)), expected);
  });
}

test("a string is text where it prints and a dump of its field where it does not", () => {
  const plain = { quiet: true, raw: false };
  assert.equal(formatString("a\tb", 256, plain), "a\tb");
  assert.equal(formatString("ab", 256, { ...plain, quiet: false }), `  ab${" ".repeat(31)}`);
  const dump = `
             0  1  2  3  4  5  6  7  8  9  a  b  c  d  e  f  0123456789abcdef
         0: e9 00 00 00                                      ....
`;
  assert.equal(formatString("\xe9", 4, plain), dump);
  assert.equal(formatString("\xe9", 4, { ...plain, raw: true }), dump);
});
