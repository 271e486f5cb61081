/** A D library in a file, read when its text is asked for. */

import { readFileSync } from "node:fs";
import type { Library } from "../../compiler/library/library-source.ts";

export function fileLibrary(path: string, isShipped: boolean): Library {
  let text: string | undefined;
  return {
    path,
    isShipped,
    source: {
      name: path,
      kind: "file",
      get text() {
        text ??= readFileSync(path, "utf8");
        return text;
      },
    },
  };
}
