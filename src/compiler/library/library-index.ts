/** Which of the shipped libraries defines which name: made when the package is built. */

import type { NameSpace } from "./library-source.ts";
import { scanDefinitions } from "./scan-definitions.ts";

/** By name the libraries' paths, told apart by blanks. */
export type LibraryIndex = Readonly<Record<NameSpace, Readonly<Record<string, string>>>>;

export interface LibraryText {
  readonly path: string;
  readonly text: string;
}

export function indexLibraries(libraries: readonly LibraryText[]): LibraryIndex {
  const index: Record<NameSpace, Record<string, string>> = {
    identifier: {},
    typedef: {},
    tag: {},
    translator: {},
  };
  for (const { path, text } of libraries) {
    for (const { space, name } of scanDefinitions(text)) {
      const before = findInIndex(index, space, name);
      if (!before.includes(path)) index[space][name] = [...before, path].join(" ");
    }
  }
  return index;
}

export function findInIndex(
  index: LibraryIndex,
  space: NameSpace,
  name: string,
): readonly string[] {
  const names = index[space];
  return Object.hasOwn(names, name) ? (names[name] ?? "").split(" ") : [];
}
