/** The D libraries of this package: `lib/*.d`, and those of one processor in a folder of its name. */

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  findInIndex,
  indexLibraries,
  type LibraryIndex,
} from "../../compiler/library/library-index.ts";
import type { Library, LibrarySource } from "../../compiler/library/library-source.ts";
import { fileLibrary } from "./library-file.ts";

export function shippedLibraries(): LibrarySource {
  let index: LibraryIndex | undefined;
  const libraries = new Map<string, Library>();

  const at = (path: string): Library => {
    const library = libraries.get(path) ?? fileLibrary(join(folder, path), true);
    libraries.set(path, library);
    return library;
  };

  return {
    defining(space, name) {
      index ??= readIndex();
      return findInIndex(index, space, name).map(at);
    },
    names: (space) => {
      index ??= readIndex();
      return Object.keys(index[space]);
    },
    named: (name) => {
      const path = libraryPaths(process.arch).find((each) => basename(each) === name);
      return path === undefined ? undefined : at(path);
    },
  };
}

/** Where this is not the bundle nothing has been made beforehand. */
const isBundle = !import.meta.url.endsWith(".ts");
const folder = fileURLToPath(new URL(isBundle ? "../lib" : "../../../lib", import.meta.url));

function readIndex(): LibraryIndex {
  if (!isBundle) return makeIndex(process.arch);
  const path = join(folder, `../dist/libraries.${process.arch}.json`);
  return JSON.parse(readFileSync(path, "utf8")) as LibraryIndex;
}

export const makeIndex = (architecture: string): LibraryIndex =>
  indexLibraries(
    libraryPaths(architecture).map((path) => ({
      path,
      text: readFileSync(join(folder, path), "utf8"),
    })),
  );

function libraryPaths(architecture: string): readonly string[] {
  const own = `${architecture}/`;
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".d") && (!path.includes("/") || path.startsWith(own)))
    .sort();
}
