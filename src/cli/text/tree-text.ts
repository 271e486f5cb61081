/** -xtree: the trees of the programs, written as soon as there are any. */

import type { CheckedProgram } from "../../compiler/check/checked-program.ts";
import { outlineChecked } from "../../compiler/check/print/outline-checked.ts";
import { treeBits } from "../../compiler/options/options.ts";
import type { Program } from "../../compiler/syntax/ast.ts";
import { outlineProgram } from "../../compiler/syntax/print/print-ast.ts";

export interface TreeWriters {
  readonly parsed: (program: Program) => void;
  readonly checked: (program: CheckedProgram) => void;
}

export function treeWriters(bits: number, write: (text: string) => void): TreeWriters {
  return {
    parsed: (program) => {
      if ((bits & treeBits.parse) !== 0) write(`Parse tree:\n${outlineProgram(program)}`);
    },
    checked: (program) => {
      if ((bits & treeBits.typed) !== 0) write(`Typed tree:\n${outlineChecked(program)}`);
    },
  };
}
