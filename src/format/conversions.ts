/**
 * The conversions of printf() and printa(): which values each takes and how its prototype reads in
 * an error message (Dynamic Tracing Guide, "Output Formatting").
 */

/** What a value must be; the checker has a rule for each, the printer a function. */
export type ConversionAccepts =
  | "kernel-address"
  | "user-address"
  | "character-or-string"
  | "decimal"
  | "integer"
  | "exact-integer"
  | "floating"
  | "internet-address"
  | "stack"
  | "address"
  | "port"
  | "string"
  | "wide-string"
  | "time"
  | "nothing";

export interface ConversionRow {
  readonly accepts: ConversionAccepts;
  /** As messages show it; for `exact-integer` also the C type that is asked for. */
  readonly prototype: string;
}

const integer = { accepts: "integer", prototype: "char, short, int, long, or long long" } as const;
const floating = { accepts: "floating", prototype: "float, double, or long double" } as const;
const longDouble = { accepts: "floating", prototype: "long double" } as const;
const text = { accepts: "string", prototype: "char [] or string (or use stringof)" } as const;
const wide = { accepts: "wide-string", prototype: "wchar_t []" } as const;
const exact = (prototype: string): ConversionRow => ({ accepts: "exact-integer", prototype });

const rows: Record<string, ConversionRow> = {
  a: { accepts: "kernel-address", prototype: "pointer or integer" },
  A: {
    accepts: "user-address",
    prototype: "pointer or integer (with -p/-c) or _usymaddr (without -p/-c)",
  },
  c: { accepts: "character-or-string", prototype: "char, short, or int" },
  C: { accepts: "character-or-string", prototype: "char, short, or int" },
  d: { ...integer, accepts: "decimal" },
  e: floating,
  E: floating,
  f: floating,
  F: floating,
  g: floating,
  G: floating,
  hd: exact("short"),
  hi: exact("short"),
  ho: exact("unsigned short"),
  hu: exact("unsigned short"),
  hx: exact("short"),
  hX: exact("short"),
  i: integer,
  I: { ...text, accepts: "internet-address" },
  k: { accepts: "stack", prototype: "stack" },
  lc: exact("int"),
  ld: exact("long"),
  li: exact("long"),
  lo: exact("unsigned long"),
  lu: exact("unsigned long"),
  ls: wide,
  lx: exact("long"),
  lX: exact("long"),
  lld: exact("long long"),
  lli: exact("long long"),
  llo: exact("unsigned long long"),
  llu: exact("unsigned long long"),
  llx: exact("long long"),
  llX: exact("long long"),
  Le: longDouble,
  LE: longDouble,
  Lf: longDouble,
  Lg: longDouble,
  LG: longDouble,
  o: integer,
  p: { accepts: "address", prototype: "pointer or integer" },
  P: { accepts: "port", prototype: "uint16_t" },
  s: text,
  S: text,
  T: { accepts: "time", prototype: "int64_t" },
  u: integer,
  wc: exact("int"),
  ws: wide,
  x: integer,
  X: integer,
  Y: { accepts: "time", prototype: "int64_t" },
  "%": { accepts: "nothing", prototype: "void" },
};

/** Undefined for what is no conversion. */
export function conversionRow(name: string): ConversionRow | undefined {
  return Object.hasOwn(rows, name) ? rows[name] : undefined;
}

export const conversionNames: readonly string[] = Object.keys(rows);
