import assert from "node:assert/strict";
import { test } from "node:test";
import { disassemble, disassembleProgram } from "./disassemble.ts";
import { type EncodingWorld, encodeProgram, JumpTooFarError } from "./encode.ts";
import type { Instruction } from "./instruction.ts";
import type { FunctionSpec, ProgramSpec } from "./program-spec.ts";

const world: EncodingWorld = {
  mapDescriptor: (name) => ({ first: 7, second: 0x102 })[name] ?? -1,
  kernelFunction: () => 0x1_2345,
};

const functionOf = (
  name: string,
  role: FunctionSpec["role"],
  instructions: readonly Instruction[],
): FunctionSpec => ({
  name,
  role,
  instructions: instructions.map((instruction) => ({ instruction, span: undefined })),
});

const programOf = (...functions: readonly FunctionSpec[]): ProgramSpec => ({
  name: "test",
  type: "raw-tracepoint",
  functions,
});

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const encodeOne = (instruction: Instruction): string =>
  hex(encodeProgram(programOf(functionOf("entry", "entry", [instruction])), world).bytes);

const r = (register: 0 | 1 | 2 | 3 | 6) => ({ register });
const n = (immediate: number) => ({ immediate });

/** Code, registers (source high), offset, immediate: as clang and the kernel's samples have them. */
const instructions: readonly (readonly [Instruction, string, string])[] = [
  [{ op: "alu", operator: "+", width: 64, into: 1, by: r(2) }, "r1 += r2", "0f21000000000000"],
  [{ op: "alu", operator: "-", width: 64, into: 1, by: n(-1) }, "r1 -= -1", "17010000ffffffff"],
  [{ op: "alu", operator: "*", width: 32, into: 3, by: n(6) }, "w3 *= 6", "2403000006000000"],
  [{ op: "alu", operator: "/", width: 64, into: 3, by: r(6) }, "r3 /= r6", "3f63000000000000"],
  [{ op: "alu", operator: "%", width: 64, into: 3, by: n(10) }, "r3 %= 10", "970300000a000000"],
  [{ op: "alu", operator: "s/", width: 64, into: 3, by: r(6) }, "r3 s/= r6", "3f63010000000000"],
  [{ op: "alu", operator: "s%", width: 32, into: 3, by: n(7) }, "w3 s%= 7", "9403010007000000"],
  [{ op: "alu", operator: "|", width: 64, into: 0, by: r(1) }, "r0 |= r1", "4f10000000000000"],
  [{ op: "alu", operator: "&", width: 64, into: 0, by: n(255) }, "r0 &= 255", "57000000ff000000"],
  [{ op: "alu", operator: "^", width: 64, into: 0, by: r(1) }, "r0 ^= r1", "af10000000000000"],
  [{ op: "alu", operator: "<<", width: 64, into: 0, by: n(32) }, "r0 <<= 32", "6700000020000000"],
  [{ op: "alu", operator: ">>", width: 64, into: 0, by: n(32) }, "r0 >>= 32", "7700000020000000"],
  [{ op: "alu", operator: "s>>", width: 64, into: 0, by: r(2) }, "r0 s>>= r2", "cf20000000000000"],
  [{ op: "move", width: 64, into: 6, from: r(1) }, "r6 = r1", "bf16000000000000"],
  [{ op: "move", width: 32, into: 0, from: n(42) }, "w0 = 42", "b40000002a000000"],
  [{ op: "negate", width: 64, into: 2 }, "r2 = -r2", "8702000000000000"],
  [{ op: "to-big-endian", bits: 16, into: 2 }, "r2 = be16 r2", "dc02000010000000"],
  [
    { op: "load-immediate", into: 1, value: 0x1122_3344_aabb_ccddn },
    "r1 = 1234605617868164317 ll",
    "18010000ddccbbaa0000000044332211",
  ],
  [{ op: "load-immediate", into: 1, value: -2n }, "r1 = -2 ll", "18010000feffffff00000000ffffffff"],
  [
    { op: "load-map", into: 1, map: "first" },
    "r1 = map first ll",
    "18110000070000000000000000000000",
  ],
  [
    { op: "load-map-value", into: 2, map: "second", offset: 16 },
    "r2 = map second value +16 ll",
    "18220000020100000000000010000000",
  ],
  [
    { op: "load", into: 1, base: 6, offset: 8, size: 8 },
    "r1 = *(u64 *)(r6 +8)",
    "7961080000000000",
  ],
  [{ op: "load", into: 1, base: 6, offset: 3, size: 1 }, "r1 = *(u8 *)(r6 +3)", "7161030000000000"],
  [
    { op: "store", base: 10, offset: -8, size: 8, from: r(1) },
    "*(u64 *)(r10 -8) = r1",
    "7b1af8ff00000000",
  ],
  [
    { op: "store", base: 10, offset: -4, size: 4, from: n(5) },
    "*(u32 *)(r10 -4) = 5",
    "620afcff05000000",
  ],
  [
    { op: "store", base: 1, offset: 2, size: 2, from: n(5) },
    "*(u16 *)(r1 +2) = 5",
    "6a01020005000000",
  ],
  [
    { op: "atomic", operation: "+", fetch: false, size: 8, base: 1, offset: 8, from: 2 },
    "lock *(u64 *)(r1 +8) += r2",
    "db21080000000000",
  ],
  [
    { op: "atomic", operation: "|", fetch: true, size: 4, base: 1, offset: 0, from: 2 },
    "r2 = atomic_fetch_or((u32 *)(r1 +0), r2)",
    "c321000041000000",
  ],
  [
    { op: "atomic", operation: "exchange", fetch: true, size: 8, base: 1, offset: 0, from: 2 },
    "r2 = xchg_64(r1 +0, r2)",
    "db210000e1000000",
  ],
  [
    {
      op: "atomic",
      operation: "compare-exchange",
      fetch: true,
      size: 8,
      base: 1,
      offset: 0,
      from: 2,
    },
    "r0 = cmpxchg_64(r1 +0, r0, r2)",
    "db210000f1000000",
  ],
  [
    { op: "call-helper", helper: "bpf_map_lookup_elem" },
    "call bpf_map_lookup_elem#1",
    "8500000001000000",
  ],
  [{ op: "call-kfunc", name: "bpf_strstr" }, "call bpf_strstr", "8520000045230100"],
  [{ op: "exit" }, "exit", "9500000000000000"],
];

for (const [instruction, text, bytes] of instructions) {
  test(`${text} is encoded as ${bytes}`, () => {
    assert.equal(disassemble(instruction), text);
    assert.equal(encodeOne(instruction), bytes);
  });
}

const comparisons = {
  "==": "1d",
  "!=": "5d",
  ">": "2d",
  ">=": "3d",
  "<": "ad",
  "<=": "bd",
  "s>": "6d",
  "s>=": "7d",
  "s<": "cd",
  "s<=": "dd",
  "&": "4d",
} as const;

for (const [comparison, code] of Object.entries(comparisons)) {
  test(`a jump on ${comparison} skips what is between it and its label`, () => {
    const jump: Instruction = {
      op: "jump-if",
      comparison: comparison as keyof typeof comparisons,
      width: 64,
      left: 1,
      right: r(2),
      target: "out",
    };
    const program = programOf(
      functionOf("entry", "entry", [
        jump,
        { op: "load-immediate", into: 0, value: 1n },
        { op: "label", label: "out" },
        { op: "exit" },
      ]),
    );
    assert.equal(hex(encodeProgram(program, world).bytes).slice(0, 16), `${code}21020000000000`);
    assert.equal(disassemble(jump), `if r1 ${comparison} r2 goto out`);
  });
}

const twoFunctions = programOf(
  functionOf("entry", "entry", [
    { op: "load-function", into: 2, function: "body" },
    { op: "call-function", function: "body" },
    { op: "label", label: "again" },
    {
      op: "jump-if",
      comparison: "==",
      width: 32,
      left: 0,
      right: n(3),
      target: "again",
    },
    { op: "jump", target: "again" },
    { op: "exit" },
  ]),
  functionOf("body", "callback", [{ op: "move", width: 64, into: 0, from: n(0) }, { op: "exit" }]),
);

test("functions are found across the program, labels backwards", () => {
  const { bytes, functionStarts } = encodeProgram(twoFunctions, world);
  assert.deepEqual(functionStarts, [0, 6]);
  assert.equal(
    hex(bytes),
    [
      "1842000005000000",
      "0000000000000000",
      "8510000003000000",
      "1600ffff03000000",
      "0500feff00000000",
      "9500000000000000",
      "b700000000000000",
      "9500000000000000",
    ].join(""),
  );
});

test("a program reads with the verifier's instruction numbers", () => {
  assert.equal(
    disassembleProgram(twoFunctions),
    `entry:
    0: r2 = function body ll
    2: call function body
again:
    3: if w0 == 3 goto again
    4: goto again
    5: exit
body:
    6: r0 = 0
    7: exit
`,
  );
});

test("both halves of a wide instruction keep its place in the source", () => {
  const span = { start: 1, end: 2, line: 1 };
  const program: ProgramSpec = {
    ...programOf(),
    functions: [
      {
        name: "entry",
        role: "entry",
        instructions: [
          { instruction: { op: "label", label: "start" }, span },
          { instruction: { op: "load-immediate", into: 0, value: 1n }, span },
          { instruction: { op: "exit" }, span: undefined },
        ],
      },
    ],
  };
  assert.deepEqual(encodeProgram(program, world).spans, [span, span, undefined]);
});

const farJump = (jump: Instruction): ProgramSpec =>
  programOf(
    functionOf("entry", "entry", [
      jump,
      ...Array.from({ length: 32_768 }, (): Instruction => ({ op: "exit" })),
      { op: "label", label: "far" },
      { op: "exit" },
    ]),
  );

test("a jump of more than 16 bits is refused where the kernel has no longer ones", () => {
  const jump = farJump({ op: "jump", target: "far" });
  assert.throws(() => encodeProgram(jump, world), JumpTooFarError);
  const { bytes } = encodeProgram(jump, { ...world, hasLongJumps: true });
  assert.equal(hex(bytes.slice(0, 8)), "0600000000800000");
});

test("a far conditional jump is refused everywhere", () => {
  const jump = farJump({
    op: "jump-if",
    comparison: "==",
    width: 64,
    left: 0,
    right: n(0),
    target: "far",
  });
  assert.throws(() => encodeProgram(jump, { ...world, hasLongJumps: true }), JumpTooFarError);
});
