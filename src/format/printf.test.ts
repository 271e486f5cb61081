import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { conversionNames } from "./conversions.ts";
import { compileRecordFormat, type FormatOptions } from "./printf.ts";
import { parseFormat } from "./printf-plan.ts";
import type { NameSource, Value, ValueShape } from "./value.ts";

const names: NameSource = {
  kernelPlace: (address) =>
    address === 0n ? undefined : { module: "vmlinux", symbol: "vfs_read", offset: address & 0xffn },
  userPlace: (process, address) =>
    process === 7 ? { module: "libc.so.6", symbol: undefined, offset: address } : undefined,
  hostName: (address) => (address === "127.0.0.1" ? "localhost" : address),
  portName: (port) => (port === 22 ? "ssh" : String(port)),
};

const options: FormatOptions = { names, stackIndent: 14, zoom: false };

type Argument = readonly [ValueShape, Value];

const signed = (value: number | bigint, size: 1 | 2 | 4 | 8 = 8): Argument => [
  { kind: "integer", size, signed: true },
  value,
];
const unsigned = (value: number | bigint, size: 1 | 2 | 4 | 8 = 8): Argument => [
  { kind: "integer", size, signed: false },
  value,
];
const string = (text: string): Argument => [{ kind: "string" }, text];
const bytes = (...values: readonly number[]): Argument => [
  { kind: "bytes", size: values.length },
  Uint8Array.from(values),
];
const double = (value: number): Argument => [
  { kind: "bytes", size: 8 },
  new Uint8Array(new Float64Array([value]).buffer),
];

function format(text: string, ...given: readonly Argument[]): string {
  const result = parseFormat(text);
  if (result.kind === "error") throw new Error(result.message);
  const values = given.map(([shape, value]) => ({ shape, read: () => value }));
  return compileRecordFormat(result.plan, { values }, options)(undefined);
}

/** What printf(1) makes of it: integers are 64 bits wide, numbers long double. */
function systemPrintf(cases: readonly { readonly text: string; readonly word: string }[]): string {
  const text = cases.map((each) => `${each.text}\\n`).join("");
  const env = { ...process.env, LC_ALL: "C" };
  return execFileSync("/usr/bin/printf", [text, ...cases.map(({ word }) => word)], {
    env,
    encoding: "latin1",
  });
}

const flagsOf = (allowed: readonly string[]): fc.Arbitrary<string> =>
  fc.subarray([...allowed]).map((flags) => flags.join(""));
const width = fc.oneof(fc.constant(""), fc.integer({ min: 1, max: 30 }).map(String));
const precision = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 1, max: 25 }).map((digits) => `.${digits}`),
);

const integerCase = fc.oneof(
  fc.record({
    flags: flagsOf(["+", " ", "0"]),
    letter: fc.constantFrom("d", "i"),
    width,
    precision,
    value: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  }),
  fc.record({
    flags: flagsOf(["#", "-"]),
    letter: fc.constantFrom("o", "x", "X"),
    width,
    precision,
    value: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n })),
  }),
  fc.record({
    flags: flagsOf(["0"]),
    letter: fc.constantFrom("u", "d"),
    width,
    precision,
    value: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
  }),
);

test("integers print as printf(1) prints them", () => {
  const cases = fc.sample(integerCase, { numRuns: 1_000, seed: 20_051 });
  const ours = cases.map(({ flags, letter, value, ...rest }) => {
    const argument = "di".includes(letter) ? signed(value) : unsigned(value);
    return `${format(`%${flags}${rest.width}${rest.precision}${letter}`, argument)}\n`;
  });
  const theirs = systemPrintf(
    cases.map(({ flags, letter, value, ...rest }) => ({
      text: `%${flags}${rest.width}${rest.precision}${letter}`,
      word: String(value),
    })),
  );
  assert.equal(ours.join(""), theirs);
});

const floatValue = fc.oneof(
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 0.125, 2.5, 1e22, 5e-324, 999999.5, 0.0001, 123456, 1e-5),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((number) => number / 64),
);

// glibc's `%#g` loses the zeros of a number that rounds up to a power of ten: not asked here.
const floatCase = fc.oneof(
  fc.record({
    flags: flagsOf(["+", " ", "0", "#"]),
    letter: fc.constantFrom("e", "E", "f", "F"),
    width,
    precision,
    value: floatValue,
  }),
  fc.record({
    flags: flagsOf(["+", " ", "-"]),
    letter: fc.constantFrom("g", "G"),
    width,
    precision,
    value: floatValue,
  }),
);

/** A double to the last bit, as C reads it. */
function hexadecimalFloat(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const sign = Object.is(value, -0) || value < 0 ? "-" : "";
  let [size, power] = [Math.abs(value), 0];
  while (!Number.isInteger(size)) [size, power] = [size * 2, power - 1];
  return `${sign}0x${size.toString(16)}p${power}`;
}

test("floating-point numbers print as printf(1) prints them", () => {
  const cases = fc.sample(floatCase, { numRuns: 1_000, seed: 20_052 });
  const text = ({ flags, width: columns, precision: digits, letter }: (typeof cases)[number]) =>
    `%${flags}${columns}${digits}${letter}`;
  const ours = cases.map((each) => `${format(text(each), double(each.value))}\n`);
  const theirs = systemPrintf(
    cases.map((each) => ({ text: text(each), word: hexadecimalFloat(each.value) })),
  );
  assert.equal(ours.join(""), theirs);
});

const accepted: readonly (readonly [string, readonly Argument[], string])[] = [
  // A precision of 0 is none.
  ["%.0s|%.0d|%.s", [string("abc"), signed(5), string("def")], "abc|5|def"],
  ["%.2s|%5.1s|%-4s|", [string("abc"), string("abc"), string("ab")], "ab|    a|ab  |"],
  // The last of `0` and `-` counts.
  ["%-05d|%0-5d|", [signed(7), signed(7)], "00007|7    |"],
  ["%d %i %u", [signed(-2, 1), signed(-2, 1), signed(-2, 1)], "-2 -2 254"],
  ["%d %i", [unsigned(254, 1), unsigned(254, 1)], "254 -2"],
  ["%d %i", [unsigned(2n ** 64n - 1n), unsigned(2n ** 64n - 1n)], "18446744073709551615 -1"],
  ["%+d|% d", [unsigned(5), unsigned(5)], "5|5"],
  ["%x %o %X", [signed(-1, 2), signed(-1, 1), signed(-1, 4)], "ffff 377 FFFFFFFF"],
  ["%p %#p", [unsigned(0xdead), unsigned(0xdead)], "dead 0xdead"],
  ["%?x|%-?x|", [unsigned(1), unsigned(1)], "               1|1               |"],
  ["%hd %ld %lld %hx", [signed(3, 2), signed(4), signed(5), signed(-1, 2)], "3 4 5 ffff"],
  // Grouping follows the locale, and dtrace's is C.
  ["%'d", [signed(1234567)], "1234567"],
  [
    "%*d|%-*d|%*d|",
    [signed(5, 4), signed(1), signed(4, 4), signed(2), signed(-3, 4), signed(3)],
    "    1|2   |3  |",
  ],
  ["%.*s|%.*s", [signed(2, 4), string("abc"), signed(-1, 4), string("abc")], "ab|abc"],
  ["%c|%3c|%-3c|", [signed(97, 1), signed(98, 4), signed(99, 2)], "a|  b|c  |"],
  ["%c", [signed(0, 1)], "\0"],
  ["%C%C%C", [signed(10, 1), signed(0, 1), signed(-1, 4)], "\\n\\0\\377"],
  ["%S|%5S", [string('a\t"\\\x01\xff'), string("\n")], 'a\\t\\"\\\\\\001\\377|   \\n'],
  ["%s|%S", [bytes(104, 105, 0, 88), bytes(9, 0)], "hi|\\t"],
  [
    "%ws %.3ls|",
    [bytes(65, 0, 0, 0, 0xe4, 0, 0, 0, 0, 0, 0, 0), bytes(65, 0, 0, 0, 0x34, 0xf6, 1, 0)],
    "A\xc3\xa4 A|",
  ],
  ["%wc%lc", [signed(0x20ac, 4), signed(65, 4)], "\xe2\x82\xacA"],
  ["%a|%12a|", [unsigned(0x1000), unsigned(0)], "vmlinux`vfs_read|         0x0|"],
  ["%a", [unsigned(2n ** 64n - 0xf0n)], "vmlinux`vfs_read+0x10"],
  [
    "%a",
    [
      [
        { kind: "symbol", form: "sym" },
        { process: 0, address: 0x1010n },
      ],
    ],
    "vmlinux`vfs_read+0x10",
  ],
  [
    "%a",
    [
      [
        { kind: "symbol", form: "mod" },
        { process: 0, address: 0x1010n },
      ],
    ],
    "vmlinux",
  ],
  [
    "%A",
    [
      [
        { kind: "symbol", form: "uaddr" },
        { process: 7, address: 0x10n },
      ],
    ],
    "libc.so.6`0x10",
  ],
  ["%I %P %P", [string("127.0.0.1"), unsigned(22, 2), signed(-1, 2)], "localhost ssh 65535"],
  ["100%%%d%%", [signed(1)], "100%1%"],
  [
    "%f|%.2f|%e|%g|%G",
    [double(1.5), double(0.125), double(12345), double(1e-7), double(1e20)],
    "1.500000|0.12|1.234500e+04|1e-07|1E+20",
  ],
  ["%#g %#.3g %#.1G", [double(999999.5), double(0.5), double(2)], "1.00000e+06 0.500 2."],
  ["%f %5f %05f", [double(Number.NaN), double(Infinity), double(-Infinity)], "nan   inf  -inf"],
];

for (const [text, given, expected] of accepted) {
  test(`printf(${JSON.stringify(text)})`, () => assert.equal(format(text, ...given), expected));
}

test("a stack's width is its indentation to the left and the column of frames to the right", () => {
  const stack: Argument = [
    { kind: "stack" },
    { space: "kernel", process: 0, addresses: [0x1000n, 0x1004n] },
  ];
  assert.equal(format("%k", stack), "\nvmlinux`vfs_read\nvmlinux`vfs_read+0x4\n");
  assert.equal(format("%-3k", stack), "\n   vmlinux`vfs_read\n   vmlinux`vfs_read+0x4\n");
  assert.equal(format("%18k", stack), "\n  vmlinux`vfs_read\nvmlinux`vfs_read+0x4\n");
});

test("long double of x87", () => {
  // 1.5 and -2^64
  const half = [0, 0, 0, 0, 0, 0, 0, 0xc0, 0xff, 0x3f, 0, 0, 0, 0, 0, 0];
  const large = [0, 0, 0, 0, 0, 0, 0, 0x80, 0x3f, 0xc0, 0, 0, 0, 0, 0, 0];
  assert.equal(
    format("%Lf %.1Lf", bytes(...half), bytes(...large)),
    "1.500000 -18446744073709551616.0",
  );
});

test("a huge width does not exhaust memory", () => {
  assert.ok(format("%*d", signed(2 ** 31 - 1, 4), signed(1)).length <= 2 ** 20);
});

const zones = [
  ["UTC", "1973 Dec  3 17:20:00", "Mon, 03 Dec 1973 17:20:00 UTC"],
  ["Europe/Berlin", "1973 Dec  3 18:20:00", "Mon, 03 Dec 1973 18:20:00 CET"],
  ["America/New_York", "1973 Dec  3 12:20:00", "Mon, 03 Dec 1973 12:20:00 EST"],
] as const;

for (const [zone, date, mailDate] of zones) {
  test(`dates in ${zone}`, () => {
    const before = process.env["TZ"];
    process.env["TZ"] = zone;
    try {
      const time = signed(123_787_200n * 1_000_000_000n);
      assert.equal(format("%Y|%T", time, time), `${date}|${mailDate}`);
    } finally {
      if (before === undefined) delete process.env["TZ"];
      else process.env["TZ"] = before;
    }
  });
}

test("%T has the year of the week", () => {
  const newYearsDay = BigInt(new Date(2027, 0, 1, 12).getTime()) * 1_000_000n;
  assert.match(format("%T", signed(newYearsDay)), /^Fri, 01 Jan 2026 12:00:00 /);
});

for (const name of conversionNames) {
  test(`%${name} is read as one conversion`, () => {
    const result = parseFormat(`%${name}`);
    const pieces = result.kind === "plan" ? result.plan.pieces : [];
    assert.deepEqual(
      pieces.map((piece) => piece.kind === "conversion" && piece.name),
      [name],
    );
  });
}

const refused = [
  ["%", "#1 name expected before end of format string"],
  ["%d %y", "#2 is undefined: %y"],
  ["%1$d", "#1 uses unsupported positional format (%n$)"],
  ["%5%", "#1 cannot be combined with other format flags: %%"],
  ["%**d", "#1 has more than one '*' specified for the output width"],
  ["%.1.2f", "#1 has more than one '.' specified"],
] as const;

for (const [text, reason] of refused) {
  test(`${text} is no format`, () => {
    assert.deepEqual(parseFormat(text), { kind: "error", message: `format conversion ${reason}` });
  });
}
