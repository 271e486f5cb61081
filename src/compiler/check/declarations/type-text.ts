/** Types that tables and providers name by C text, such as `const struct task_struct *`. */

import { booleanType, dynamicType } from "../../types/base-types.ts";
import type { DType, QualifiedType } from "../../types/d-type.ts";
import type { Tag } from "../../types/kernel-types.ts";
import type { TypeReference } from "../../types/type-reference.ts";
import { findBasicType, type TypeUniverse } from "../../types/type-universe.ts";
import type { Checker } from "../checker.ts";

/** The type; a typedef that nobody defines is an unknown type. */
export function resolveTypeText({ universe }: Pick<Checker, "universe">, text: string): DType {
  const before = universe.typesByText.get(text);
  if (before) return before;
  const type = readType(universe, text) ?? dynamicType;
  if (type !== dynamicType) universe.typesByText.set(text, type);
  return type;
}

/** Undefined where the reference leads nowhere: no BTF, or an unknown name. */
export function resolveReference(
  checker: Pick<Checker, "universe">,
  reference: TypeReference,
): DType | undefined {
  if (reference.kind === "btf") return checker.universe.typeById(reference.module, reference.id);
  const type = resolveTypeText(checker, reference.text);
  return type === dynamicType ? undefined : type;
}

const basicWords: ReadonlySet<string> = new Set([
  "void",
  "char",
  "short",
  "int",
  "long",
  "signed",
  "unsigned",
  "float",
  "double",
  "string",
]);

const isQualifier = (word: string | undefined): word is QualifiedType["qualifier"] =>
  word === "const" || word === "volatile" || word === "restrict";

const isTag = (word: string | undefined): word is Tag =>
  word === "struct" || word === "union" || word === "enum";

function readType(universe: TypeUniverse, text: string): DType | undefined {
  const words = text.match(/[A-Za-z_][\w.-]*|[`*[\]()]|\d+/g) ?? [];
  const isFunctionPointer = /\(\s*\*/.test(text);
  const qualifiers: QualifiedType["qualifier"][] = [];
  const specifier: string[] = [];
  let at = 0;
  for (; at < words.length && !/^[*[(]$/.test(words[at] ?? ""); at += 1) {
    const word = words[at];
    if (isQualifier(word)) qualifiers.push(word);
    else if (word !== undefined) specifier.push(word);
  }
  const base = findSpecified(universe, specifier);
  if (!base) return undefined;
  const qualified = qualifiers.reduce<DType>((type, each) => universe.qualify(each, type), base);
  if (isFunctionPointer) {
    return universe.pointerTo(functionReturning(qualified));
  }
  return readDeclarator(universe, words.slice(at), qualified);
}

const functionReturning = (returns: DType): DType => ({
  kind: "function",
  returns: () => returns,
  parameters: () => [],
  variadic: true,
});

function readDeclarator(universe: TypeUniverse, words: readonly string[], base: DType): DType {
  let type = base;
  const lengths: number[] = [];
  for (const [index, word] of words.entries()) {
    if (word === "*") type = universe.pointerTo(type);
    else if (isQualifier(word)) type = universe.qualify(word, type);
    else if (word === "[") lengths.push(Number.parseInt(words[index + 1] ?? "0", 10) || 0);
  }
  return lengths.reverse().reduce((element, length) => universe.arrayOf(element, length), type);
}

function findSpecified(universe: TypeUniverse, specifier: readonly string[]): DType | undefined {
  const [first, ...rest] = specifier;
  if (first === undefined) return undefined;
  if (isTag(first)) {
    const scoped = scopedName(rest);
    return universe.findTag(first, scoped) ?? universe.forward(first, scoped.name);
  }
  if (first === "_Bool" || first === "bool") return booleanType;
  if (specifier.every((word) => basicWords.has(word))) return findBasicType(specifier.join(" "));
  return universe.findTypedef(scopedName(specifier));
}

/** `` module`name `` or `name`. */
function scopedName(words: readonly string[]): {
  readonly module: string | undefined;
  readonly name: string;
} {
  const quote = words.indexOf("`");
  if (quote < 0) return { module: undefined, name: words[0] ?? "" };
  return { module: words.slice(0, quote).join(""), name: words[quote + 1] ?? "" };
}
