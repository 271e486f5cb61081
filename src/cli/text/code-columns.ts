/** One function of -S: below each source line its IR on the left, what that became on the right. */

import type { TextSpan } from "../../base/text-span.ts";
import type { ListedInstruction } from "../../bpf/disassemble.ts";
import type { Block } from "../../compiler/ir/ir.ts";
import type { ListedFunction } from "../../compiler/ir/listing.ts";
import { printOperation, printTerminator } from "../../compiler/ir/print-ir.ts";

/** Characters of the left column; a longer statement has a line of its own. */
const leftWidth = 52;
const indexWidth = 5;

interface Statement {
  readonly text: string;
  /** `b3:` before the first of a block. */
  readonly label: string | undefined;
  /** The source it is for; code around the clauses is for none. */
  readonly heading: string;
}

/** How a piece of the program stands above the code for it. */
export type HeadingOf = (span: TextSpan) => string;

export function functionColumns(
  { ir, origins }: ListedFunction,
  instructions: readonly ListedInstruction[],
  headingOf: HeadingOf,
): string {
  const statements = ir.blocks.flatMap((block, id) => statementsOf(block, id, headingOf));
  const columns = new Columns(statements);
  for (const [position, instruction] of instructions.entries()) {
    columns.add(instruction, origins[position]);
  }
  return columns.finish();
}

/** The end of a block counts to the line of what is before it. */
function statementsOf(
  { instructions, terminator }: Block,
  block: number,
  headingOf: HeadingOf,
): readonly Statement[] {
  const last = terminator.span ?? instructions.at(-1)?.span;
  const texts = [
    ...instructions.map((each) => ({ text: printOperation(each), span: each.span })),
    { text: printTerminator(terminator), span: last },
  ];
  return texts.map(({ text, span }, index) => ({
    text,
    label: index === 0 ? `b${block}:` : undefined,
    heading: span ? headingOf(span) : "around the clauses",
  }));
}

class Columns {
  readonly #statements: readonly Statement[];
  readonly #rows: string[] = [];
  /** The first statement that was not shown yet. */
  #next = 0;
  /** The statement that the last row belongs to. */
  #shown: number | undefined;
  /** A label waits for the instruction that it is of. */
  #label = "";
  #heading = "";

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
  }

  add(instruction: ListedInstruction, origin: number | undefined): void {
    if (instruction.words.length === 0) {
      this.#label = `${" ".repeat(indexWidth)}${instruction.text}`;
      return;
    }
    const left = origin === undefined ? "" : this.#leftOf(origin);
    const [first, second] = rightOf(instruction);
    if (this.#label !== "") this.#row("", this.#takeLabel());
    this.#row(left, first);
    if (second !== undefined) this.#row("", second);
  }

  finish(): string {
    this.#showUpTo(this.#statements.length);
    return this.#rows.map((row) => `${row}\n`).join("");
  }

  /** Nothing where the row above has it; in parentheses what was shown before, further up. */
  #leftOf(origin: number): string {
    if (origin === this.#shown) return "";
    this.#showUpTo(origin);
    this.#shown = origin;
    const statement = this.#statements[origin];
    if (!statement) return "";
    if (origin < this.#next) {
      this.#enter(statement.heading);
      return `  (${statement.text})`;
    }
    this.#next = origin + 1;
    return this.#begin(statement);
  }

  /** Statements that became nothing of their own. */
  #showUpTo(end: number): void {
    for (const statement of this.#statements.slice(this.#next, end)) {
      this.#row(this.#begin(statement), "");
    }
    this.#next = Math.max(this.#next, end);
  }

  #begin({ text, label, heading }: Statement): string {
    this.#enter(heading);
    if (label !== undefined) this.#row(label, this.#takeLabel());
    return `  ${text}`;
  }

  #enter(heading: string): void {
    if (heading === this.#heading) return;
    this.#heading = heading;
    this.#rows.push("", heading);
  }

  #takeLabel(): string {
    const label = this.#label;
    this.#label = "";
    return label;
  }

  #row(left: string, right: string): void {
    if (left.length < leftWidth || right === "") {
      this.#rows.push(`${left.padEnd(leftWidth)}${right}`.trimEnd());
    } else {
      this.#rows.push(left, `${" ".repeat(leftWidth)}${right}`);
    }
  }
}

/** One row an 8-byte word, so that rows can be counted as the kernel counts instructions. */
function rightOf({ index, words, text, target }: ListedInstruction): [string, string?] {
  const [first = "", second] = words;
  const comment = target === undefined ? "" : `  ; ${target}`;
  const row = `${numbered(index)}${first} ${text}${comment}`;
  return second === undefined ? [row] : [row, `${numbered(index + 1)}${second}`];
}

const numbered = (index: number): string => `${String(index).padStart(indexWidth)}: `;
