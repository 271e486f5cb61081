/** D libraries in folders of the user (`-L`, `-xsyslibdir`): all files `*.d`, the first of a name. */

import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import type { Library, LibrarySource } from "../../compiler/library/library-source.ts";
import { scanDefinitions, scanDependencies } from "../../compiler/library/scan-definitions.ts";
import { Failure } from "../failure.ts";
import { fileLibrary } from "./library-file.ts";

/** `isElsewhere` knows the libraries that these may depend on besides each other. */
export function folderLibraries(
  folders: readonly string[],
  isElsewhere: (name: string) => boolean,
): LibrarySource {
  const libraries = new Map<string, Library>();
  for (const path of folders.flatMap(libraryFiles)) {
    const name = basename(path);
    if (!libraries.has(name)) libraries.set(name, fileLibrary(path, false));
  }
  checkDependencies(libraries, isElsewhere);

  let byDefinition: ReadonlyMap<string, readonly Library[]> | undefined;
  return {
    defining(space, name) {
      byDefinition ??= groupByDefinition([...libraries.values()]);
      return byDefinition.get(`${space} ${name}`) ?? [];
    },
    names: (space) =>
      [...libraries.values()].flatMap(({ source }) =>
        scanDefinitions(source.text).flatMap((each) => (each.space === space ? [each.name] : [])),
      ),
    named: (name) => libraries.get(name),
  };
}

/** A folder that is not there has no libraries. */
function libraryFiles(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { encoding: "utf8" })
      .filter((name) => name.endsWith(".d"))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function groupByDefinition(libraries: readonly Library[]): ReadonlyMap<string, readonly Library[]> {
  const groups = new Map<string, Library[]>();
  for (const library of libraries) {
    for (const { space, name } of scanDefinitions(library.source.text)) {
      const key = `${space} ${name}`;
      const group = groups.get(key) ?? [];
      if (!group.includes(library)) group.push(library);
      groups.set(key, group);
    }
  }
  return groups;
}

/** Libraries that depend on each other have no order in which they could be read. */
function checkDependencies(
  libraries: ReadonlyMap<string, Library>,
  isElsewhere: (name: string) => boolean,
): void {
  const done = new Set<Library>();
  const visit = (library: Library, dependents: readonly Library[]): void => {
    if (done.has(library)) return;
    for (const name of scanDependencies(library.source.text)) {
      const dependency = libraries.get(name);
      if (!dependency && isElsewhere(name)) continue;
      if (!dependency) throw new Failure(`Invalid library dependency in ${library.path}: ${name}`);
      if (dependency === library || dependents.includes(dependency)) {
        throw new Failure(`Cyclic dependency detected: ${library.path} => ${dependency.path}`);
      }
      visit(dependency, [...dependents, library]);
    }
    done.add(library);
  };
  for (const library of libraries.values()) visit(library, []);
}
