import assert from "node:assert/strict";
import { test } from "node:test";
import { parseKernelFunctions } from "../../kernel/functions/kernel-functions.ts";
import { indexSymbols } from "../../kernel/symbols/kernel-symbols.ts";
import type { ProviderSystem } from "../provider.ts";
import { createProbeRegistry } from "../registry.ts";
import { createDecoder } from "./decoder.ts";

const start = 0xffffffff81000000n;

/** push rbp; test rdi, rdi; je +3; lock inc dword [rdi]; rep movsb; ret; int3, and a nop between. */
const first = [0x55, 0x48, 0x85, 0xff, 0x74, 0x03, 0xf0, 0xff, 0x07, 0xf3, 0xa4, 0xc3, 0xcc, 0x90];
/** ret; then nothing up to the end. */
const second = [0xc3, ...Array<number>(32).fill(0)];
const code = Uint8Array.from([...first, ...second]);

const symbols = indexSymbols(
  Buffer.from(
    [
      "ffffffff81000000 T known_start",
      "ffffffff8100000e T known_end",
      "ffffffff8100000e t known_twin",
      "ffffffff8100002f t known_twin",
      "ffffffff81000040 T other",
      "",
    ].join("\n"),
  ),
);

function registryOf(changes: Partial<ProviderSystem> = {}) {
  const told: string[] = [];
  const registry = createProbeRegistry({
    architecture: "x64",
    compatibility: () => undefined,
    traceEvents: () => [],
    kernelFunctions: () => parseKernelFunctions("known_start\nknown_end\nknown_twin\n"),
    kernelTypes: () => undefined,
    publishedProbes: () => ({ firstIndex: 0, probes: [] }),
    kernelSymbols: () => symbols,
    kernelText: () => ({
      read: (address, size) =>
        code.subarray(Number(address - start), Number(address - start) + size),
      [Symbol.dispose]: () => undefined,
    }),
    replacedCode: () => [],
    decoder: () => createDecoder("x64"),
    tellUnread: (why) => told.push(why),
    ...changes,
  });
  const find = (functionName: string, name: string, provider = "instr") =>
    registry.findProbes({ provider, module: "kernel", function: functionName, name });
  const names = (functionName: string, name: string, provider = "instr") =>
    find(functionName, name, provider).map((probe) => `${probe.function}:${probe.name}`);
  return { registry, told, find, names };
}

test("instructions have names by mnemonic and address, and by offset", () => {
  const { names } = registryOf();
  assert.deepEqual(names("known_start-*", ""), [
    "known_start-push:0xffffffff81000000",
    "known_start-test:0xffffffff81000001",
    "known_start-je:0xffffffff81000004",
    "known_start-lock_inc:0xffffffff81000006",
    "known_start-rep_movsb:0xffffffff81000009",
    "known_start-ret:0xffffffff8100000b",
  ]);
  assert.deepEqual(names("known_start", ""), ["0", "1", "4", "6", "9", "11"].map(named));
  assert.deepEqual(names("known_start", "0x9"), ["known_start:9"]);
  assert.deepEqual(names("known_start", "2"), []);
});

const named = (offset: string): string => `known_start:${offset}`;

test("what fills the room between functions is no instruction of theirs", () => {
  const { names } = registryOf();
  assert.deepEqual(names("known_e*", ""), ["known_end:0"]);
});

test("an address finds its function; functions with one name are left out", () => {
  const { names } = registryOf();
  assert.deepEqual(names("", "0xffffffff81000004"), ["known_start-je:0xffffffff81000004"]);
  assert.deepEqual(names("known_twin", ""), []);
});

test("a probe keeps its id, and is made for its own provider only", () => {
  const { registry, find, names } = registryOf();
  const [all] = find("known_start-je", "");
  const [alone] = find("*-j*", "");
  assert.ok(all);
  assert.equal(alone, all);
  assert.deepEqual(registry.findProbesById(all.id), [all]);
  assert.deepEqual(names("known_start-je", "", "*"), []);
  assert.ok([...registry.listProbes()].every(({ provider }) => provider !== "instr"));
});

test("a jump tells whether it is taken", () => {
  const [jump] = registryOf().find("known_start-je", "");
  assert.ok(jump?.context.kind === "instruction");
  assert.deepEqual(jump.context.jump, { kind: "bit", register: 18, bit: 6 });
  assert.deepEqual(jump.arguments(), [{ type: { kind: "text", text: "int" }, source: 0 }]);
});

const refusals: readonly [string, Partial<ProviderSystem>, RegExp][] = [
  ["memory that cannot be read", { kernelText: () => undefined }, /\/proc\/kcore, which cannot/],
  [
    "addresses that are hidden",
    { kernelSymbols: () => indexSymbols(Buffer.from("0000000000000000 T known_start\n")) },
    /kptr_restrict/,
  ],
  ["probes of others", { replacedCode: () => [start + 1n] }, /a probe within known_start/],
  [
    "too many functions",
    {
      kernelFunctions: () =>
        parseKernelFunctions(Array.from({ length: 3000 }, (_, n) => `f${n}\n`).join("")),
      kernelSymbols: () =>
        indexSymbols(
          Buffer.from(
            Array.from(
              { length: 3001 },
              (_, n) => `ffffffff81${(n * 16).toString(16).padStart(6, "0")} T f${n}\n`,
            ).join(""),
          ),
        ),
    },
    /instructions of 3000 functions are too many/,
  ],
];
for (const [title, changes, expected] of refusals) {
  test(`${title}: nothing is found, and it is said why`, () => {
    const { told, names } = registryOf(changes);
    assert.deepEqual(names("*-*", ""), []);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", expected);
  });
}

test("arm64 code is decoded, too", () => {
  const decode = createDecoder("arm64");
  const bytes = Uint8Array.of(
    0xfd,
    0x7b,
    0xbf,
    0xa9,
    0x40,
    0,
    0,
    0xb4,
    0,
    0,
    0,
    0,
    0xc0,
    0x03,
    0x5f,
    0xd6,
  );
  assert.deepEqual(
    decode(bytes, 0xffff800080000000n).map(({ address, mnemonic, operands }) =>
      [address.toString(16), mnemonic, operands].join(" "),
    ),
    [
      "ffff800080000000 stp x29, x30, [sp, #-0x10]!",
      "ffff800080000004 cbz x0, #0xffff80008000000c",
      "ffff800080000008 udf #0",
      "ffff80008000000c ret ",
    ],
  );
});
