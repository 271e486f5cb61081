/** What the guide says of the conversions of printf() and printa(). */

export interface FormatEntry {
  readonly text: string;
  /** A value in D that it is shown with, where that is the same on every machine. */
  readonly value?: string;
}

const number = (text: string, value: string): FormatEntry => ({ text, value });
const signed = "a signed number, decimal";
const unsigned = "an unsigned number, decimal";
const octal = "an unsigned number, octal";
const hexadecimal = "an unsigned number, hexadecimal";
const capitals = "the same in capitals";
const exponent = "a floating-point number of the kernel with an exponent";
const fixed = "a floating-point number of the kernel without an exponent";
const shorter = "the shorter of the two forms above";
const wide = "characters of four bytes";

export const formatEntries: Readonly<Record<string, FormatEntry>> = {
  a: { text: "an address of the kernel, as ``module`symbol+offset``" },
  A: { text: "an address of the current process, as ``module`symbol+offset``" },
  c: number("a character", "'D'"),
  C: number("a character, escaped where it is none that can be seen", "'\\n'"),
  d: number(signed, "-42"),
  e: { text: exponent },
  E: { text: capitals },
  f: { text: fixed },
  F: { text: fixed },
  g: { text: shorter },
  G: { text: shorter },
  hd: number(signed, "(short)-42"),
  hi: number(signed, "(short)-42"),
  ho: number(octal, "(unsigned short)42"),
  hu: number(unsigned, "(unsigned short)42"),
  hx: number(hexadecimal, "(short)255"),
  hX: number(capitals, "(short)255"),
  i: number(signed, "-42"),
  I: { text: "an internet address in a string, as the name that `/etc/hosts` has for it" },
  k: { text: "a stack: `stack()`, `ustack()`, `jstack()`, or a key that is one" },
  lc: number("a character", "(int)'D'"),
  ld: number(signed, "(long)-42"),
  li: number(signed, "(long)-42"),
  lo: number(octal, "(unsigned long)42"),
  lu: number(unsigned, "(unsigned long)42"),
  ls: { text: wide },
  lx: number(hexadecimal, "(long)255"),
  lX: number(capitals, "(long)255"),
  lld: number(signed, "(long long)-42"),
  lli: number(signed, "(long long)-42"),
  llo: number(octal, "(unsigned long long)42"),
  llu: number(unsigned, "(unsigned long long)42"),
  llx: number(hexadecimal, "(long long)255"),
  llX: number(capitals, "(long long)255"),
  Le: { text: exponent },
  LE: { text: capitals },
  Lf: { text: fixed },
  Lg: { text: shorter },
  LG: { text: shorter },
  o: number(octal, "42"),
  p: number("an address, hexadecimal", "(void *)4096"),
  P: { text: "a port, as the name that `/etc/services` has for it" },
  s: number("a string", `"text"`),
  S: number("a string, escaped where it cannot be seen", '"a\\tb"'),
  T: number("nanoseconds since 1970, as mail dates are written", "(int64_t)1000000000000000000"),
  u: number(unsigned, "-1"),
  wc: number("a character", "(int)'D'"),
  ws: { text: wide },
  x: number(hexadecimal, "255"),
  X: number(capitals, "255"),
  Y: number("nanoseconds since 1970, as a date", "(int64_t)1000000000000000000"),
  "%": { text: "a percent sign; it takes no value" },
};
