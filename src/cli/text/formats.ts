/** The formats of a program with what the options say of them, for printf() and its kin. */

import {
  flagOption,
  numberOption,
  type Options,
  textOption,
} from "../../compiler/options/options.ts";
import type { PackedOptions } from "../../format/aggregations/packed.ts";
import type { FormatOptions } from "../../format/printf.ts";
import type { FormatPlan } from "../../format/printf-plan.ts";
import type { NameSource } from "../../format/value.ts";
import { byteText } from "./byte-text.ts";

/** Those that DTrace takes to have ASCII only. */
const plainTerminals: ReadonlySet<string> = new Set(["", "dumb", "sun", "sun-color"]);

const terminalHasBlocks = !plainTerminals.has(process.env["TERM"] ?? "");

export function formatOptions(options: Options, names: NameSource): FormatOptions & PackedOptions {
  const encoding = textOption(options, "encoding");
  return {
    names,
    stackIndent: numberOption(options, "stackindent"),
    rawBytes: flagOption(options, "rawbytes"),
    stringSize: numberOption(options, "strsize"),
    zoom: flagOption(options, "aggzoom"),
    encoding: encoding === "ascii" || encoding === "utf8" ? encoding : undefined,
    terminalHasBlocks,
  };
}

/** Text of the program as bytes, which is what all other text of a session is. */
export function byteFormat(plan: FormatPlan): FormatPlan {
  const pieces = plan.pieces.map((piece) =>
    piece.kind === "text" ? { ...piece, text: byteText(piece.text) } : piece,
  );
  return { ...plan, pieces };
}
