/** One conversion of one value: the rules of each letter, and C's padding. */

import { drawDistribution } from "./aggregations/distribution.ts";
import { isDistribution, scalarOf } from "./aggregations/functions.ts";
import { hexDump, signedOf, textOfBytes, unsignedOf } from "./bytes.ts";
import { formatDate, formatMailDate } from "./dates.ts";
import type { FormatOptions } from "./printf.ts";
import type { ConversionFlags } from "./printf-plan.ts";
import { formatStack } from "./stack.ts";
import {
  type AggregationValue,
  formatPlace,
  formatSymbol,
  type StackValue,
  type SymbolValue,
  type Value,
  type ValueShape,
} from "./value.ts";

export interface Layout {
  readonly name: string;
  readonly flags: ConversionFlags;
  readonly width: number;
  /** 0 is none, as D has it. */
  readonly precision: number;
}

interface Shaped {
  readonly value: Value;
  readonly shape: ValueShape;
}

export function formatConversion(layout: Layout, shaped: Shaped, options: FormatOptions): string {
  const { value, shape } = shaped;
  switch (shape.kind) {
    case "aggregation":
      return formatAggregation(layout, { value, shape }, options);
    case "stack":
      // Made from a field of this shape.
      return formatStack(value as StackValue, {
        names: options.names,
        indent: options.stackIndent,
      });
    case "symbol":
      return padText(layout, formatSymbol(shape.form, value as SymbolValue, options.names));
    case "bytes":
      return formatText(
        layout,
        value instanceof Uint8Array ? bytesText(layout, value) : "",
        options,
      );
    case "string":
      return formatText(layout, String(value), options);
    case "integer":
      return formatNumber(layout, { value: toInteger(value), ...shape }, options);
  }
}

const toInteger = (value: Value): number | bigint =>
  typeof value === "number" || typeof value === "bigint" ? value : 0;

/** The whole drawing for a distribution, whatever width is asked for. */
function formatAggregation(
  layout: Layout,
  { value, shape }: { value: Value; shape: Extract<ValueShape, { kind: "aggregation" }> },
  options: FormatOptions,
): string {
  // Made from an entry of this aggregation.
  const aggregated = value as AggregationValue;
  if (isDistribution(shape.function)) {
    return drawDistribution(shape.function, aggregated, { zoom: options.zoom });
  }
  const number = scalarOf(shape.function, aggregated.words, aggregated.normal);
  const signed = shape.function.name !== "count";
  return formatNumber(layout, { value: number, size: 8, signed }, options);
}

function bytesText(layout: Layout, bytes: Uint8Array): string {
  return layout.name === "s" || layout.name === "S" ? textOfBytes(bytes) : hexDump(bytes);
}

function formatText(layout: Layout, text: string, options: FormatOptions): string {
  switch (layout.name) {
    case "S":
    case "C":
      return padText(layout, escapeText(text));
    case "I":
      return padText(layout, options.names.hostName(text));
    default:
      return padText(layout, text);
  }
}

interface Integer {
  readonly value: number | bigint;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed: boolean;
}

function formatNumber(layout: Layout, integer: Integer, options: FormatOptions): string {
  const { value, size } = integer;
  switch (layout.name) {
    case "c":
    case "lc":
    case "wc":
      return padText(layout, String.fromCharCode(Number(unsignedOf(value, size)) & 0xff));
    case "C":
      return padText(
        layout,
        escapeText(String.fromCharCode(Number(unsignedOf(value, size)) & 0xff)),
      );
    case "a":
      return padText(layout, formatPlace(options.names.kernelPlace(wide(value)), wide(value)));
    case "A":
      return padText(layout, formatPlace(options.names.userPlace(0, wide(value)), wide(value)));
    case "P":
      return padText(layout, options.names.portName(Number(unsignedOf(value, 2))));
    case "Y":
      return padText(layout, formatDate(BigInt(value)));
    case "T":
      return padText(layout, formatMailDate(BigInt(value)));
    default:
      return padNumber(layout, digitsOf(layout, integer));
  }
}

const wide = (value: number | bigint): bigint => BigInt.asUintN(64, BigInt(value));

interface Digits {
  /** `-`, `+`, a space or nothing, then `0x` where asked for. */
  readonly prefix: string;
  readonly digits: string;
}

function digitsOf({ name, flags }: Layout, { value, size, signed }: Integer): Digits {
  switch (name.at(-1)) {
    case "o": {
      const digits = unsignedOf(value, size).toString(8);
      return { prefix: "", digits: flags.alternate && digits !== "0" ? `0${digits}` : digits };
    }
    case "x":
    case "p":
      return hexadecimalDigits(flags, unsignedOf(value, size).toString(16), "0x");
    case "X":
      return hexadecimalDigits(flags, unsignedOf(value, size).toString(16).toUpperCase(), "0X");
    case "u":
      return { prefix: "", digits: grouped(flags, String(unsignedOf(value, size))) };
    case "d":
      return signedDigits(flags, signed ? value : unsignedOf(value, size));
    default:
      return signedDigits(flags, signedOf(value, size));
  }
}

function hexadecimalDigits(flags: ConversionFlags, digits: string, prefix: string): Digits {
  return { prefix: flags.alternate && digits !== "0" ? prefix : "", digits };
}

function signedDigits(flags: ConversionFlags, value: number | bigint): Digits {
  const text = String(value);
  if (text.startsWith("-")) return { prefix: "-", digits: grouped(flags, text.slice(1)) };
  const prefix = flags.plus ? "+" : flags.space ? " " : "";
  return { prefix, digits: grouped(flags, text) };
}

const grouped = ({ grouping }: ConversionFlags, digits: string): string =>
  grouping ? digits.replace(/\B(?=(\d{3})+$)/g, ",") : digits;

/** Zeros of the precision, then the column: zeros only where no precision is given. */
function padNumber({ flags, width, precision }: Layout, { prefix, digits }: Digits): string {
  const exact = digits.padStart(precision, "0");
  if (flags.left) return (prefix + exact).padEnd(width);
  if (flags.zero && precision === 0) return prefix + exact.padStart(width - prefix.length, "0");
  return (prefix + exact).padStart(width);
}

function padText({ flags, width, precision }: Layout, text: string): string {
  const cut = precision > 0 ? text.slice(0, precision) : text;
  return flags.left ? cut.padEnd(width) : cut.padStart(width);
}

const escapes = new Map([
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

/** What does not print, as C would write it in a literal; octal where it has no letter. */
export function escapeText(text: string): string {
  let escaped = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    const printable = code >= 0x20 && code < 0x7f;
    escaped +=
      escapes.get(character) ?? (printable ? character : `\\${code.toString(8).padStart(3, "0")}`);
  }
  return escaped;
}
