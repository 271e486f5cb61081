/** Where a command finds its D libraries: the user's folders before the package's own. */

import type { LibrarySource } from "../../compiler/library/library-source.ts";
import {
  flagOption,
  listOption,
  type Options,
  textOption,
} from "../../compiler/options/options.ts";
import { folderLibraries } from "./folder-libraries.ts";
import { shippedLibraries } from "./shipped-libraries.ts";

export function findLibraries(options: Options): LibrarySource | undefined {
  if (flagOption(options, "nolibs")) return undefined;
  const systemFolder = textOption(options, "syslibdir");
  const folders = [...listOption(options, "libdir"), ...(systemFolder ? [systemFolder] : [])];
  if (folders.length === 0) return shippedLibraries();

  const system = systemFolder === undefined ? shippedLibraries() : undefined;
  const own = folderLibraries(folders, (name) => system?.named(name) !== undefined);
  return system ? inOrder(own, system) : own;
}

/** What the first defines hides what the second does; a structure may have translators in both. */
const inOrder = (first: LibrarySource, second: LibrarySource): LibrarySource => ({
  defining(space, name) {
    const found = first.defining(space, name);
    if (space === "translator") return [...found, ...second.defining(space, name)];
    return found.length > 0 ? found : second.defining(space, name);
  },
  names: (space) => [...first.names(space), ...second.names(space)],
  named: (name) => first.named(name) ?? second.named(name),
});
