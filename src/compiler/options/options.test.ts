import assert from "node:assert/strict";
import { test } from "node:test";
import { optionTable } from "./option-table.ts";
import {
  flagOption,
  initialOptions,
  listOption,
  numberOption,
  setOption,
  textOption,
} from "./options.ts";

const set = (name: string, value?: string) => {
  const options = initialOptions();
  const error = setOption(options, "command-line", { name, value });
  return { options, error };
};

for (const [text, nanoseconds] of [
  ["10", 10],
  ["10hz", 100_000_000],
  ["3s", 3_000_000_000],
  ["250MSEC", 250_000_000],
  ["2min", 120_000_000_000],
] as const) {
  test(`switchrate=${text} is ${nanoseconds} ns`, () => {
    assert.equal(numberOption(set("switchrate", text).options, "switchrate"), nanoseconds);
  });
}

for (const [text, bytes] of [
  ["512", 512],
  ["16k", 16_384],
  ["1M", 1_048_576],
  ["0x10k", 16_384],
] as const) {
  test(`bufsize=${text} is ${bytes} bytes`, () => {
    assert.equal(numberOption(set("bufsize", text).options, "bufsize"), bytes);
  });
}

for (const [name, value] of [
  ["bufsize", "many"],
  ["bufsize", "k"],
  ["switchrate", "10parsecs"],
  ["bufpolicy", "leak"],
  ["quiet", "perhaps"],
  ["nspec", "245566729809009887663"],
  ["amin", "Stable/Stable"],
  ["unsetenv", "NAME=value"],
] as const) {
  test(`${name}=${value} is refused`, () => {
    assert.equal(set(name, value).error, "Invalid value for specified option");
  });
}

test("a flag goes on without a value and off by a word", () => {
  assert.equal(flagOption(set("quiet").options, "quiet"), true);
  assert.equal(flagOption(set("temporal", "off").options, "temporal"), false);
});

test("a list keeps every setting in order", () => {
  const options = initialOptions();
  setOption(options, "command-line", { name: "define", value: "A" });
  setOption(options, "command-line", { name: "define", value: "B=1" });
  assert.deepEqual(listOption(options, "define"), ["A", "B=1"]);
});

test("what a program may not set says so", () => {
  const options = initialOptions();
  const reasonFor = (source: "pragma" | "action", name: string) =>
    setOption(options, source, { name, value: undefined });
  assert.equal(reasonFor("pragma", "cpp"), "Option cannot be used from within a D program");
  assert.equal(reasonFor("action", "bufsize"), "Operation illegal when tracing is active");
  assert.equal(reasonFor("action", "nosuch"), "Invalid option name");
  assert.equal(reasonFor("action", "quiet"), undefined);
});

test("a version of D is one there was, and is not raised again", () => {
  assert.equal(set("version", "1.2").error, undefined);
  assert.equal(set("version", "1.2.9").error, "Requested version is not supported by compiler");
  assert.equal(
    set("version", "1.2.3.4").error,
    "Version is not properly formatted or is too large",
  );
  const options = initialOptions();
  setOption(options, "command-line", { name: "version", value: "1.2" });
  assert.equal(
    setOption(options, "pragma", { name: "version", value: "1.5" }),
    "Requested version conflicts with earlier setting",
  );
});

/** DTrace's own, by when they may be set; `grabanon` and `temporal` among them. */
const documented = {
  compile: `aggpercpu amin argref core cpp cpphdrs cpppath ctypes defaultargs define droptags dtypes
    debug empty encoding errtags evaltime incdir iregs kdefs knodefs late lazyload ldpath libdir
    linkmode linktype nolibs pgmax pspec setenv stdc strip syslibdir tree tregs udefs undef unodefs
    unsetenv verbose version zdefs`,
  enable: `aggsize bufsize bufpolicy bufresize cleanrate cpu destructive dynvarsize grabanon
    jstackframes jstackstrsize nspec specsize stackframes statusrate strsize ustackframes temporal`,
  trace: `agghist aggpack aggrate aggsortkey aggsortkeypos aggsortpos aggsortrev aggzoom flowindent
    quiet rawbytes stackindent switchrate`,
} as const;

for (const [phase, names] of Object.entries(documented)) {
  test(`DTrace's options that count until ${phase} are there`, () => {
    const table: Readonly<Record<string, { readonly phase: string }>> = optionTable;
    for (const name of names.split(/\s+/)) assert.equal(table[name]?.phase, phase, name);
  });
}

const kilo = 1024;
const initial = {
  ...{ bufsize: 4 * kilo * kilo, aggsize: 4 * kilo * kilo, strsize: 256, nspec: 1 },
  ...{ specsize: 32 * kilo, dynvarsize: kilo * kilo, stackframes: 20, ustackframes: 20 },
  ...{ jstackframes: 50, jstackstrsize: 512, stackindent: 14 },
  ...{ aggrate: 1e9, switchrate: 1e9, statusrate: 1e9, cleanrate: 1e9 / 101 },
} as const;

test("options begin as DTrace's do", () => {
  for (const [name, value] of Object.entries(initial)) {
    assert.equal(numberOption(initialOptions(), name as keyof typeof initial), value, name);
  }
  assert.equal(textOption(initialOptions(), "bufpolicy"), "switch");
  assert.equal(textOption(initialOptions(), "bufresize"), "auto");
  assert.equal(initialOptions().get("cpu"), undefined, "all");
});

for (const evaltime of ["exec", "preinit", "postinit", "main"]) {
  test(`evaltime=${evaltime} is taken`, () => {
    assert.equal(set("evaltime", evaltime).error, undefined);
  });
}

test("strsize ends where an unsigned int does", () => {
  assert.equal(set("strsize", "4294967295").error, undefined);
  assert.equal(set("strsize", "4g").error, "Value too large for defined data type");
});

for (const [text, bytes] of [
  ["2g", 2 * 1024 ** 3],
  ["1T", 1024 ** 4],
] as const) {
  test(`bufsize=${text} is ${bytes} bytes`, () => {
    assert.equal(numberOption(set("bufsize", text).options, "bufsize"), bytes);
  });
}

for (const [text, nanoseconds] of [
  ["7us", 7_000],
  ["2h", 7_200_000_000_000],
  ["1day", 86_400_000_000_000],
  ["9ns", 9],
] as const) {
  test(`statusrate=${text} is ${nanoseconds} ns`, () => {
    assert.equal(numberOption(set("statusrate", text).options, "statusrate"), nanoseconds);
  });
}

test("evaltime is nothing else", () => {
  assert.equal(set("evaltime", "never").error, "Invalid value for specified option");
});
