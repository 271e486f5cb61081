import assert from "node:assert/strict";
import { test } from "node:test";
import { fixtureEnvironment } from "../../../test/harness/fixture-environment.ts";
import { resolveReference, resolveTypeText } from "../check/declarations/type-text.ts";
import { charType, findIntegerType, intType, longType, typedef } from "./base-types.ts";
import { areCompatible, commonPointer, promote } from "./compatibility.ts";
import type { DType } from "./d-type.ts";
import { createTypeUniverse, isTypeName } from "./environment-types.ts";
import { layOutMembers } from "./layout.ts";
import { formatType } from "./type-names.ts";
import { resolveType, sizeOf } from "./type-queries.ts";

const universe = createTypeUniverse(fixtureEnvironment());
const parse = (text: string): DType => resolveTypeText({ universe }, text);

for (const text of [
  "int",
  "unsigned long",
  "uint64_t",
  "const char *",
  "char * const",
  "struct task_struct *",
  "struct nosuch *",
  "int [4]",
  "char *[2][3]",
  "string",
]) {
  test(`${text} reads and writes the same`, () => assert.equal(formatType(parse(text)), text));
}

test("derived types are made once", () => {
  assert.equal(parse("int *"), parse("int *"));
  assert.equal(universe.pointerTo(intType), universe.pointerTo(intType));
  assert.equal(resolveType(parse("vmlinux`pid_t")), intType);
});

test("a kernel type is the same by name and by id", () => {
  const byId = resolveReference({ universe }, { kind: "btf", module: "vmlinux", id: 7 });
  assert.ok(byId);
  assert.equal(resolveType(parse("struct task_struct")), byId);
});

test("a forward declaration is completed where it is defined", () => {
  const forward = universe.forward("struct", "mm_struct");
  assert.equal(sizeOf(universe.complete(forward)), 16);
});

test("names of types may be scoped", () => {
  assert.equal(isTypeName(universe, "vmlinux`pid_t"), true);
  assert.equal(isTypeName(universe, "D`int"), true);
  assert.equal(isTypeName(universe, "nosuch`pid_t"), false);
  assert.equal(isTypeName(universe, "pid"), false);
});

test("without kernel types D's own remain", () => {
  const bare = createTypeUniverse({ kernelTypes: () => undefined, typeModules: [] });
  assert.equal(formatType(resolveTypeText({ universe: bare }, "size_t")), "size_t");
  assert.equal(resolveReference({ universe: bare }, { kind: "text", text: "u64" }), undefined);
});

const promotions = [
  ["char", "char", "char"],
  ["char", "int", "int"],
  ["int", "unsigned int", "unsigned int"],
  ["unsigned int", "long", "long"],
  ["long", "long long", "long long"],
  ["uint64_t", "long", "uint64_t"],
] as const;

for (const [left, right, result] of promotions) {
  test(`${left} + ${right} is ${result}`, () => {
    assert.equal(formatType(promote(parse(left), parse(right))), result);
  });
}

const compatible = [
  ["long", "long long", true],
  ["int", "unsigned int", false],
  ["int8_t", "char", true],
  ["int", "enum run_state", true],
  ["struct task_struct *", "struct task_struct *", true],
  ["struct task_struct *", "int *", false],
  ["char [4]", "char [5]", false],
] as const;

for (const [left, right, expected] of compatible) {
  test(`${left} and ${right}: ${expected ? "compatible" : "not compatible"}`, () => {
    assert.equal(areCompatible(parse(left), parse(right)), expected);
  });
}

test("void pointers and a constant 0 go with every pointer", () => {
  const pointer = { type: parse("int *"), isZeroConstant: false };
  assert.equal(
    commonPointer({ type: parse("void *"), isZeroConstant: false }, pointer),
    pointer.type,
  );
  assert.equal(commonPointer(pointer, { type: intType, isZeroConstant: true }), pointer.type);
  assert.equal(commonPointer(pointer, { type: intType, isZeroConstant: false }), undefined);
});

test("members lie where C puts them", () => {
  const bits = (bitSize: number | undefined, type: DType) => ({ name: "m", type, bitSize });
  const short = findIntegerType("short") ?? intType;
  const { size, members } = layOutMembers("struct", [
    bits(undefined, charType),
    bits(3, short),
    bits(6, short),
    bits(20, intType),
    bits(undefined, longType),
  ]);
  assert.deepEqual(
    members.map(({ bitOffset }) => bitOffset),
    [0, 8, 16, 32, 64],
  );
  assert.equal(size, 16);
});

test("typedefs and qualifiers come off", () => {
  const deep = typedef("a", universe.qualify("const", typedef("b", intType)));
  assert.equal(resolveType(deep), intType);
});
