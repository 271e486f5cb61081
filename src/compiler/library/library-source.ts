/** What the compiler asks of D libraries: it looks into one only when a program needs a name of it. */

import type { SourceText } from "../syntax/source-text.ts";

/** Names of different kinds do not meet: `struct bufinfo`, `bufinfo_t`, the inline `B_READ`. */
export type NameSpace = "identifier" | "typedef" | "tag" | "translator";

export interface Library {
  /** Its whole path: what messages say. */
  readonly path: string;
  /** Ours: made for many kernels, so that a member this one lacks matters only to who uses it. */
  readonly isShipped: boolean;
  /** Read when it is first asked for. */
  readonly source: SourceText;
}

export interface LibrarySource {
  /** Those that define the name; for `translator`, that translate to the type of that name. */
  defining(space: NameSpace, name: string): readonly Library[];
  /** All that are defined: one of them may have been meant. */
  names(space: NameSpace): readonly string[];
  /** The library that `depends_on library` names. */
  named(name: string): Library | undefined;
}
