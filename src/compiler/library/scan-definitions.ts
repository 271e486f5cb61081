/**
 * Which names a D library defines, told from its outline: no type is looked up and nothing in it
 * can be wrong. What the index of the shipped libraries and of a user's folder is made of.
 */

import type { NameSpace } from "./library-source.ts";

export interface Definition {
  readonly space: NameSpace;
  readonly name: string;
}

export function scanDefinitions(text: string): readonly Definition[] {
  return splitItems(withoutComments(text)).flatMap(definitionsOf);
}

/** The libraries that `#pragma D depends_on library` names. */
export function scanDependencies(text: string): readonly string[] {
  const lines = text.matchAll(
    /^[ \t]*#[ \t]*pragma[ \t]+D[ \t]+depends_on[ \t]+library[ \t]+(\S+)/gm,
  );
  return [...lines].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

/** Control lines, comments and the insides of strings are of no interest. */
const withoutComments = (text: string): string =>
  text
    .replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\*[\s\S]*?\*\//g, (match) =>
      match.startsWith("/") ? " " : '""',
    )
    .replace(/^[ \t]*#.*$/gm, " ");

/** The text between semicolons that stand outside braces. */
function splitItems(text: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/[{};]/g)) {
    if (mark === "{") depth += 1;
    else if (mark === "}") depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      items.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return items;
}

function definitionsOf(item: string): readonly Definition[] {
  const [word] = /^\w+/.exec(item) ?? [];
  switch (word) {
    case "inline":
      return identifiers(/^[^=[]*?(\w+)\s*(?:\[[^\]]*\]\s*)?=/.exec(item)?.[1]);
    case "translator":
      return found("translator", /^translator\s+(?:(?:struct|union)\s+)?(\w+)/.exec(item)?.[1]);
    case "provider":
      return [];
    default:
      return declarationsOf(item);
  }
}

function declarationsOf(item: string): readonly Definition[] {
  const [outline = "", ...inner] = withoutBodies(item);
  const tag = /\b(struct|union|enum)\s+(\w+)\s*\{\}/.exec(outline);
  const isTypedef = /^typedef\b/.test(outline);
  const name = declaredName(outline.replace(/\b(struct|union|enum)\s+\w+/g, "$1"));
  return [
    ...found("tag", tag?.[2]),
    ...found(isTypedef ? "typedef" : "identifier", name),
    ...(/\benum\b/.test(outline) ? enumerators(inner.join(",")) : []),
  ];
}

/** The item with nothing between its outer braces, and what stood there. */
function withoutBodies(item: string): readonly string[] {
  const open = item.indexOf("{");
  const close = item.lastIndexOf("}");
  if (open < 0 || close < open) return [item];
  return [`${item.slice(0, open)}{}${item.slice(close + 1)}`, item.slice(open + 1, close)];
}

/** The last word, or what `(*name)(…)` declares; a clause or a bare structure declares nothing. */
function declaredName(outline: string): string | undefined {
  const pointer = /\(\s*\*\s*(\w+)\s*\)/.exec(outline);
  if (pointer) return pointer[1];
  return /(?:[\s*}])(\w+)\s*(?:\[[^\]]*\]\s*)*$/.exec(outline)?.[1];
}

const enumerators = (body: string): readonly Definition[] =>
  body.split(",").flatMap((each) => identifiers(/^\s*(\w+)/.exec(each)?.[1]));

const identifiers = (name: string | undefined): readonly Definition[] => found("identifier", name);

const found = (space: NameSpace, name: string | undefined): readonly Definition[] =>
  name === undefined ? [] : [{ space, name }];
