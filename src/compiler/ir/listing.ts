/**
 * Which IR statement each eBPF instruction was made of, for `dtrace -S`. Instructions carry their
 * span through the whole back end: for a listing every statement gets a span of its own, by which
 * it is known again at the end.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { PlacedInstruction } from "../../bpf/instruction.ts";
import type { IrFunction } from "./ir.ts";

export interface ListedFunction {
  readonly ir: IrFunction;
  /**
   * By position of the eBPF instruction: the number of its statement, counted through the blocks
   * with their ends; undefined where it belongs to none.
   */
  readonly origins: readonly (number | undefined)[];
}

export interface Marks {
  readonly marked: IrFunction;
  readonly origins: ReadonlyMap<TextSpan, Origin>;
}

interface Origin {
  readonly statement: number;
  readonly span: TextSpan | undefined;
}

const nowhere: TextSpan = { start: 0, end: 0, line: 0 };

export function markStatements(ir: IrFunction): Marks {
  const origins = new Map<TextSpan, Origin>();
  const mark = <Statement extends { readonly span?: TextSpan | undefined }>(
    statement: Statement,
  ): Statement & { readonly span: TextSpan } => {
    const own = { ...(statement.span ?? nowhere) };
    origins.set(own, { statement: origins.size, span: statement.span });
    return { ...statement, span: own };
  };
  const blocks = ir.blocks.map(({ instructions, terminator }) => ({
    instructions: instructions.map(mark),
    terminator: mark(terminator),
  }));
  return { marked: { ...ir, blocks }, origins };
}

/** The instructions with the spans they would have had, and their origins. */
export function unmark(
  instructions: readonly PlacedInstruction[],
  { origins }: Marks,
): {
  readonly instructions: readonly PlacedInstruction[];
  readonly origins: ListedFunction["origins"];
} {
  const found = instructions.map(({ span }) => span && origins.get(span));
  return {
    instructions: instructions.map(({ instruction }, index) => ({
      instruction,
      span: found[index]?.span,
    })),
    origins: found.map((origin) => origin?.statement),
  };
}
