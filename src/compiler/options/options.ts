/** The options of one session: values by name, set from text under DTrace's rules. */

import { parseStability } from "../types/stability.ts";
import {
  isOptionName,
  type OptionKind,
  type OptionName,
  type OptionPhase,
  optionRow,
  optionTable,
} from "./option-table.ts";
import { type DVersion, isLater, readVersion } from "./versions.ts";

/** Who sets an option: each may set less than the one before. */
export type OptionSource = "command-line" | "pragma" | "action";

/** The sentences are libdtrace's (dt_errno); callers put what they know around them. */
export type OptionError =
  | "Invalid option name"
  | "Invalid value for specified option"
  | "Option cannot be used from within a D program"
  | "Operation illegal when tracing is active"
  | "Value too large for defined data type"
  | "Version is not properly formatted or is too large"
  | "Requested version is not supported by compiler"
  | "Requested version conflicts with earlier setting";

/** A rate in nanoseconds, a size in bytes, a flag as 1, a text, or a list's texts in order. */
export type OptionValue = number | string | readonly string[];

export type Options = Map<OptionName, OptionValue>;

export function initialOptions(): Options {
  const options: Options = new Map();
  for (const name of Object.keys(optionTable).filter(isOptionName)) {
    const { initial } = optionRow(name);
    if (initial !== undefined) options.set(name, initial);
  }
  return options;
}

/** Sets one option from its text (undefined for a bare name); gives the reason if it may not. */
export function setOption(
  options: Options,
  source: OptionSource,
  setting: { readonly name: string; readonly value: string | undefined },
): OptionError | undefined {
  const { name, value } = setting;
  if (!isOptionName(name)) return "Invalid option name";

  const row = optionRow(name);
  if (source !== "command-line" && row.commandLineOnly) {
    return "Option cannot be used from within a D program";
  }
  if (source === "action" && !settableWhileTracing(row.phase)) {
    return "Operation illegal when tracing is active";
  }

  if (row.kind === "version" && value !== undefined) return setVersion(options, value);
  const read = readValue(row.kind, value);
  if (read === undefined) return "Invalid value for specified option";
  if (row.most !== undefined && Number(read) > row.most) {
    return "Value too large for defined data type";
  }
  if (read === "unset") options.delete(name);
  else options.set(name, isList(row.kind) ? [...listOption(options, name), String(read)] : read);
  return undefined;
}

const isList = (kind: OptionKind): boolean => kind === "list" || kind === "names";

/** What was once reduced stays so. */
function setVersion(options: Options, text: string): OptionError | undefined {
  const version = readVersion(text);
  if (version === "malformed") return "Version is not properly formatted or is too large";
  if (version === "unknown") return "Requested version is not supported by compiler";
  const before = versionOption(options);
  if (before !== undefined && isLater(version, before)) {
    return "Requested version conflicts with earlier setting";
  }
  options.set("version", version);
  return undefined;
}

/** Undefined: the newest. */
export function versionOption(options: Options): DVersion | undefined {
  const version = readVersion(textOption(options, "version") ?? "");
  return version === "malformed" || version === "unknown" ? undefined : version;
}

export function flagOption(options: Options, name: OptionName): boolean {
  const value = options.get(name);
  return value !== undefined && value !== 0;
}

/** A number of the table's unit; `otherwise` where the option is unset. */
export function numberOption(options: Options, name: OptionName, otherwise = 0): number {
  const value = options.get(name);
  return typeof value === "number" ? value : otherwise;
}

export function textOption(options: Options, name: OptionName): string | undefined {
  const value = options.get(name);
  return typeof value === "string" ? value : undefined;
}

export function listOption(options: Options, name: OptionName): readonly string[] {
  const value = options.get(name);
  return value === undefined || typeof value === "number" || typeof value === "string" ? [] : value;
}

const settableWhileTracing = (phase: OptionPhase): boolean => phase === "trace";

const truthWords = new Map<string, 1 | "unset">([
  ["yes", 1],
  ["enable", 1],
  ["enabled", 1],
  ["true", 1],
  ["on", 1],
  ["set", 1],
  ["no", "unset"],
  ["disable", "unset"],
  ["disabled", "unset"],
  ["false", "unset"],
  ["off", "unset"],
  ["unset", "unset"],
]);

/** Bits of `tree`: Solaris counts the passes of its compiler, of which 3 and 4 are part of ours. */
export const treeBits = { parse: 1, typed: 2 } as const;

const everyTree = 0xf;

type NumberKind = "flag" | "count" | "size" | "rate" | "trees";

/** How the numeric kinds read: what the bare name means, and the reader of a text. */
const numberReaders: Readonly<
  Record<
    NumberKind,
    { readonly bare: number; readonly read: (text: string) => number | "unset" | undefined }
  >
> = {
  flag: { bare: 1, read: readFlag },
  count: { bare: 0, read: readFlag },
  size: { bare: 0, read: readSize },
  rate: { bare: 0, read: readRate },
  trees: { bare: treeBits.typed, read: readTrees },
};

function readValue(kind: OptionKind, text: string | undefined): number | string | undefined {
  switch (kind) {
    case "flag":
    case "count":
    case "size":
    case "rate":
    case "trees": {
      const { bare, read } = numberReaders[kind];
      return text === undefined ? bare : read(text);
    }
    case "text":
    case "list":
      return text;
    case "names":
    case "stability":
      return text !== undefined && isText(kind, text) ? text : undefined;
    case "version":
      return undefined;
    default:
      return text !== undefined && kind.includes(text) ? text : undefined;
  }
}

const isText = (kind: "names" | "stability", text: string): boolean =>
  kind === "names" ? !text.includes("=") : parseStability(text) !== undefined;

function readFlag(text: string): number | "unset" | undefined {
  if (text === "") return "unset";
  return truthWords.get(text.toLowerCase()) ?? readInteger(text);
}

function readTrees(text: string): number | "unset" | undefined {
  if (text === "parse" || text === "typed") return treeBits[text];
  const bits = readInteger(text);
  if (bits === undefined || bits > everyTree) return undefined;
  return bits === 0 ? "unset" : (bits & treeBits.parse) | (bits > 1 ? treeBits.typed : 0);
}

/** As strtoull with base 0 reads it: decimal, 0x hexadecimal or 0 octal, in 64 bits. */
function readInteger(text: string): number | undefined {
  const number = readDigits(text);
  return number !== undefined && number < 2 ** 64 ? number : undefined;
}

function readDigits(text: string): number | undefined {
  if (/^0x[0-9a-f]+$/i.test(text)) return Number(text);
  if (/^0[0-7]*$/.test(text)) return Number.parseInt(text, 8);
  return /^[0-9]+$/.test(text) ? Number(text) : undefined;
}

const sizeUnits = new Map([
  ["k", 1024],
  ["m", 1024 ** 2],
  ["g", 1024 ** 3],
  ["t", 1024 ** 4],
]);

function readSize(text: string): number | undefined {
  const unit = sizeUnits.get(text.slice(-1).toLowerCase());
  const number = readInteger(unit === undefined ? text : text.slice(0, -1));
  return number === undefined ? undefined : number * (unit ?? 1);
}

/** Nanoseconds of one unit; `hz` is turned round by `readRate`. */
export const timeUnits: ReadonlyMap<string, number> = new Map([
  ["ns", 1],
  ["nsec", 1],
  ["us", 1_000],
  ["usec", 1_000],
  ["ms", 1_000_000],
  ["msec", 1_000_000],
  ["s", 1_000_000_000],
  ["sec", 1_000_000_000],
  ["m", 60_000_000_000],
  ["min", 60_000_000_000],
  ["h", 3_600_000_000_000],
  ["hour", 3_600_000_000_000],
  ["d", 86_400_000_000_000],
  ["day", 86_400_000_000_000],
]);

/** A bare number is nanoseconds. */
function readRate(text: string): number | undefined {
  const match = /^(0x[0-9a-f]+|[0-9]+)([a-z]*)$/i.exec(text);
  const number = readInteger(match?.[1] ?? "");
  const unit = match?.[2]?.toLowerCase();
  if (number === undefined || unit === undefined) return undefined;
  if (unit === "hz") return number === 0 ? 0 : Math.floor(1_000_000_000 / number);
  const nanoseconds = unit === "" ? 1 : timeUnits.get(unit);
  return nanoseconds === undefined ? undefined : number * nanoseconds;
}
