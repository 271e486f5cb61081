/**
 * The command line as data. Options are read as getopt(3) reads them, with operands allowed
 * anywhere: those are the program's `$1`, `$2`, …
 */

export interface CommandLine {
  readonly mode: Mode;
  /** In the order given; a later one overrides. */
  readonly settings: readonly Setting[];
  readonly programs: readonly ProgramArgument[];
  readonly targets: readonly TargetArgument[];
  readonly outputFile: string | undefined;
  /** -e */
  readonly compileOnly: boolean;
  /** -v */
  readonly verbose: boolean;
  /** -S */
  readonly showCode: boolean;
  /** The program's macro arguments from `$1` on. */
  readonly operands: readonly string[];
}

export type Mode = "trace" | "list" | "version" | "help" | "status";

/** An option of the option table, with what the user typed for messages. */
export interface Setting {
  readonly typed: string;
  readonly name: string;
  readonly value: string | undefined;
}

export type Specifier = "provider" | "module" | "function" | "name" | "id";

export type ProgramArgument =
  | { readonly kind: "script"; readonly path: string }
  | { readonly kind: "specifier"; readonly specifier: Specifier; readonly text: string };

export type TargetArgument =
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "process"; readonly text: string };

/** A command line that cannot be: the message, and whether the usage text follows it. */
export interface UsageError {
  readonly message: string | undefined;
  readonly showUsage: boolean;
}

/** Letters as getopt(3) takes them: a colon marks an option with an argument. */
const letters = "3:6:aAb:Bc:CD:ef:FGhHi:I:lL:m:n:o:p:P:qs:SU:vVwx:X:Z";

const settingOptions: Readonly<Record<string, string>> = {
  b: "bufsize",
  C: "cpp",
  D: "define",
  F: "flowindent",
  H: "cpphdrs",
  I: "incdir",
  L: "libdir",
  q: "quiet",
  U: "undef",
  w: "destructive",
  X: "stdc",
  Z: "zdefs",
};

const specifierOptions: Readonly<Record<string, Specifier>> = {
  f: "function",
  i: "id",
  m: "module",
  n: "name",
  P: "provider",
};

const modeOptions: Readonly<Record<string, Mode>> = { l: "list", V: "version" };

const longModes: Readonly<Record<string, Mode>> = {
  "--help": "help",
  "--version": "version",
  "--status": "status",
};

const refusals: Readonly<Record<string, string>> = {
  a: "anonymous tracing (-a) is not supported on Linux",
  A: "anonymous tracing (-A) is not supported on Linux",
  B: "-B is not supported",
  G: "-G is not supported yet",
  h: "-h is not supported yet",
};

export function parseArguments(words: readonly string[]): CommandLine | UsageError {
  if (words.length === 0) return { message: undefined, showUsage: true };

  const long = words.find((word) => Object.hasOwn(longModes, word));
  const scanned = scanOptions(long === undefined ? words : words.filter((word) => word !== long));
  if ("message" in scanned) return scanned;

  const { options, operands } = scanned;
  const modes = options.filter(({ letter }) => "AGhlV".includes(letter));
  if (modes.length > 1) {
    return {
      message: "only one of the [-AGhlV] options can be specified at a time",
      showUsage: false,
    };
  }
  const refused = options.find(({ letter }) => Object.hasOwn(refusals, letter));
  if (refused) return { message: refusals[refused.letter], showUsage: false };

  const has = (letter: string): boolean => options.some((option) => option.letter === letter);
  const [mode] = modes;
  return {
    mode: longModes[long ?? ""] ?? modeOptions[mode?.letter ?? ""] ?? "trace",
    settings: [
      // -l matches what there is, and says so when a description matches nothing.
      ...(has("l") ? [{ typed: "-l", name: "zdefs", value: undefined }] : []),
      ...options.flatMap(settingOf),
    ],
    programs: options.flatMap(programOf),
    targets: options.flatMap(targetOf),
    outputFile: options.findLast(({ letter }) => letter === "o")?.value,
    compileOnly: has("e"),
    verbose: has("v"),
    showCode: has("S"),
    operands,
  };
}

interface ScannedOption {
  readonly letter: string;
  readonly value: string;
}

interface ScannedWords {
  readonly options: ScannedOption[];
  readonly operands: string[];
}

function scanOptions(words: readonly string[]): ScannedWords | UsageError {
  const result: ScannedWords = { options: [], operands: [] };
  for (let at = 0; at < words.length; ) {
    const taken = scanWord(words.slice(at, at + 2), result);
    if (typeof taken !== "number") return taken;
    at += taken;
  }
  return result;
}

/** Reads one word, with the next where it is needed; gives how many were used. */
function scanWord([word = "", next]: readonly string[], result: ScannedWords): number | UsageError {
  if (word === "--") {
    // getopt(3) stops here once; what follows is read as options again after one operand.
    if (next !== undefined) result.operands.push(next);
    return 2;
  }
  if (!word.startsWith("-") || word === "-") {
    result.operands.push(word);
    return 1;
  }
  const scanned = scanCluster(word, next);
  if ("message" in scanned) return scanned;
  result.options.push(...scanned.options);
  return scanned.usedNext ? 2 : 1;
}

/** `-qn BEGIN`: letters up to the first that takes the rest, or the next word, as its argument. */
function scanCluster(
  word: string,
  next: string | undefined,
): { readonly options: ScannedOption[]; readonly usedNext: boolean } | UsageError {
  const options: ScannedOption[] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at);
    const place = letter === ":" ? -1 : letters.indexOf(letter);
    if (place < 0) return { message: `illegal option -- ${letter}`, showUsage: true };
    if (letters.charAt(place + 1) !== ":") {
      options.push({ letter, value: "" });
      continue;
    }
    const rest = word.slice(at + 1);
    const value = rest === "" ? next : rest;
    if (value === undefined) {
      return { message: `option requires an argument -- ${letter}`, showUsage: true };
    }
    const wrong = dataModelError(letter, value);
    if (wrong !== undefined) return { message: wrong, showUsage: true };
    options.push({ letter, value });
    return { options, usedNext: rest === "" };
  }
  return { options, usedNext: false };
}

/** `-32` and `-64` are options 3 and 6 with an argument; only 64-bit programs exist here. */
function dataModelError(letter: string, value: string): string | undefined {
  if (letter === "3") return `illegal option -- 3${value}`;
  return letter === "6" && value !== "4" ? `illegal option -- 6${value}` : undefined;
}

function settingOf({ letter, value }: ScannedOption): readonly Setting[] {
  if (letter === "x") {
    const equals = value.indexOf("=");
    const name = equals < 0 ? value : value.slice(0, equals);
    return [{ typed: `-x ${name}`, name, value: equals < 0 ? undefined : value.slice(equals + 1) }];
  }
  const name = settingOptions[letter];
  if (name === undefined) return [];
  return letters.charAt(letters.indexOf(letter) + 1) === ":"
    ? [{ typed: `-${letter} ${value}`, name, value }]
    : [{ typed: `-${letter}`, name, value: undefined }];
}

function programOf({ letter, value }: ScannedOption): readonly ProgramArgument[] {
  if (letter === "s") return [{ kind: "script", path: value }];
  const specifier = specifierOptions[letter];
  return specifier === undefined ? [] : [{ kind: "specifier", specifier, text: value }];
}

function targetOf({ letter, value }: ScannedOption): readonly TargetArgument[] {
  if (letter === "c") return [{ kind: "command", text: value }];
  return letter === "p" ? [{ kind: "process", text: value }] : [];
}
