/** A D program's text and what may be substituted into it. */

export interface SourceText {
  /** The script's name as the user gave it, or the text of a `-n` argument. */
  readonly name: string;
  /**
   * A probe description without predicate and actions is complete in an argument but not in a
   * file, and only a file has line numbers in messages.
   */
  readonly kind: "file" | "argument";
  readonly text: string;
}

/** The last of the four fields that is written: what a single word of a description means. */
export type ProbeField = "provider" | "module" | "function" | "name";

export interface ParseOptions {
  /** `$0`, `$1`, …: the script's or the command's name comes first. */
  readonly arguments: readonly string[];
  /** Values of macro variables by name without `$`, as decimal text. */
  readonly macros: ReadonlyMap<string, string>;
  /** Is this a type's name? It may begin with `` module` ``. Names of built-in variables are not. */
  readonly isTypeName: (name: string) => boolean;
  /** What would help where this unknown name should be a type's. */
  readonly hintForType?: (name: string) => string;
  /** `name` in a script and for `-n`; `provider`, `module`, `function` for `-P`, `-m`, `-f`. */
  readonly probeField: ProbeField;
  /** Words outside clauses are probe descriptions even where they name a type (`-n`, `-xpspec`). */
  readonly preferProbes: boolean;
  /** `$3` that is not given is 0, `$$3` an empty string (`-xdefaultargs`). */
  readonly defaultArguments: boolean;
  /** Arguments nobody refers to are no error (`-xargref`). */
  readonly allowUnusedArguments: boolean;
  /** A program without clauses is no error (`-xempty`, libraries). */
  readonly allowEmpty: boolean;
}
