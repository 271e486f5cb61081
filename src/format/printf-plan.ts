/** Reads a format string of D into pieces, once; nothing is parsed when a record is shown. */

import { conversionRow } from "./conversions.ts";

export interface FormatPlan {
  readonly text: string;
  readonly pieces: readonly FormatPiece[];
}

export type FormatPiece = { readonly kind: "text"; readonly text: string } | Conversion;

export interface Conversion {
  readonly kind: "conversion";
  /** A key of the table of conversions: `d`, `lld`, `%`. */
  readonly name: string;
  /** From 1; text between conversions does not count. */
  readonly position: number;
  readonly flags: ConversionFlags;
  /** `argument` for `*`; 0 for none. */
  readonly width: number | "argument";
  readonly precision: number | "argument";
  /** `%@d`: the value of an aggregation. */
  readonly aggregation: boolean;
}

export interface ConversionFlags {
  readonly left: boolean;
  readonly plus: boolean;
  readonly space: boolean;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly grouping: boolean;
}

export type PlanResult =
  | { readonly kind: "plan"; readonly plan: FormatPlan }
  /** `message` is libdtrace's, without a tag of its own. */
  | { readonly kind: "error"; readonly message: string };

class FormatError extends Error {}

/** Width of a pointer in hexadecimal digits: what `%?` stands for. */
const pointerWidth = 16;

export function parseFormat(text: string): PlanResult {
  try {
    return { kind: "plan", plan: { text, pieces: readPieces(text) } };
  } catch (error) {
    if (error instanceof FormatError) return { kind: "error", message: error.message };
    throw error;
  }
}

function readPieces(text: string): readonly FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let position = 0;
  let at = 0;
  while (at < text.length) {
    const percent = text.indexOf("%", at);
    const end = percent < 0 ? text.length : percent;
    if (end > at) pieces.push({ kind: "text", text: text.slice(at, end) });
    if (percent < 0) break;
    position += 1;
    const reader = new ConversionReader(text, percent + 1, position);
    pieces.push(reader.read());
    at = reader.at;
  }
  return pieces;
}

interface Draft {
  left: boolean;
  plus: boolean;
  space: boolean;
  alternate: boolean;
  zero: boolean;
  grouping: boolean;
  aggregation: boolean;
  width: number | "argument";
  precision: number | "argument";
}

class ConversionReader {
  at: number;
  readonly #text: string;
  readonly #position: number;
  readonly #start: number;
  #sizes = "";
  #hasDot = false;
  #hasDigits = false;
  readonly #draft: Draft = {
    left: false,
    plus: false,
    space: false,
    alternate: false,
    zero: false,
    grouping: false,
    aggregation: false,
    width: 0,
    precision: 0,
  };

  constructor(text: string, at: number, position: number) {
    this.#text = text;
    this.at = at;
    this.#start = at;
    this.#position = position;
  }

  read(): Conversion {
    while (this.#readModifier()) {
      // Each step has taken what it read.
    }
    const name = this.#sizes + this.#readLetter();
    if (conversionRow(name) === undefined) this.#fail(`is undefined: %${name}`);
    const { width, precision, aggregation, ...flags } = this.#draft;
    return {
      kind: "conversion",
      name,
      position: this.#position,
      flags,
      width,
      precision,
      aggregation,
    };
  }

  #readLetter(): string {
    const letter = this.#text.charAt(this.at);
    if (letter === "") this.#fail("name expected before end of format string");
    if (letter === "%" && this.at !== this.#start) {
      this.#fail("cannot be combined with other format flags: %%");
    }
    this.at += 1;
    return letter;
  }

  /** One flag, number or size; false at the letter. */
  #readModifier(): boolean {
    const character = this.#text.charAt(this.at);
    if (/[0-9]/.test(character)) {
      this.#readDigits(character);
      return true;
    }
    const step = modifiers.get(character);
    if (step !== undefined) {
      step(this.#draft);
    } else if (/[hlLw]/.test(character)) {
      if (this.#sizes.length < 6) this.#sizes += character;
    } else if (character === "*") {
      this.#readStar();
    } else if (character === ".") {
      this.#readDot();
    } else if (character === "$") {
      this.#fail("uses unsupported positional format (%n$)");
    } else {
      return false;
    }
    this.at += 1;
    return true;
  }

  #readDigits(first: string): void {
    if (first === "0" && !this.#hasDot && !this.#hasDigits) {
      this.#draft.zero = true;
      this.#draft.left = false;
      this.at += 1;
      return;
    }
    const digits = /^[0-9]+/.exec(this.#text.slice(this.at))?.[0] ?? "";
    if (this.#hasDot) this.#draft.precision = Number(digits);
    else this.#draft.width = Number(digits);
    this.at += digits.length;
    this.#hasDigits = true;
  }

  #readStar(): void {
    const field = this.#hasDot ? "precision" : "width";
    if (this.#draft[field] === "argument") {
      this.#fail(`has more than one '*' specified for the output ${field}`);
    }
    this.#draft[field] = "argument";
  }

  #readDot(): void {
    if (this.#hasDot) this.#fail("has more than one '.' specified");
    this.#hasDot = true;
    this.#hasDigits = false;
  }

  #fail(reason: string): never {
    throw new FormatError(`format conversion #${this.#position} ${reason}`);
  }
}

const modifiers = new Map<string, (draft: Draft) => void>([
  [
    "#",
    (draft) => {
      draft.alternate = true;
    },
  ],
  [
    "+",
    (draft) => {
      draft.plus = true;
    },
  ],
  [
    "-",
    (draft) => {
      draft.left = true;
      draft.zero = false;
    },
  ],
  [
    " ",
    (draft) => {
      draft.space = true;
    },
  ],
  [
    "'",
    (draft) => {
      draft.grouping = true;
    },
  ],
  [
    "@",
    (draft) => {
      draft.aggregation = true;
    },
  ],
  [
    "?",
    (draft) => {
      draft.width = pointerWidth;
    },
  ],
]);
