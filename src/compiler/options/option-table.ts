/**
 * Every `-x` option: its kind, its default, where it may be set. The command line, `#pragma D
 * option` and `setopt()` all set options through `setOption`. Names, units and defaults are those
 * of dtrace(1); options of our own are marked in COMPATIBILITY.md.
 */

/** How the text of a value is read; see `readValue`. */
export type OptionKind =
  | "flag"
  | "count"
  | "size"
  | "rate"
  | "text"
  | "list"
  | "names"
  | "stability"
  | "version"
  | "trees"
  | readonly string[];

/**
 * When an option still counts: `compile` before the program is compiled, `enable` until tracing
 * starts, `trace` at any time (`setopt()` too).
 */
export type OptionPhase = "compile" | "enable" | "trace";

export interface OptionRow {
  readonly kind: OptionKind;
  readonly phase: OptionPhase;
  /** Undefined: unset unless the user sets it. Rates are in nanoseconds, sizes in bytes. */
  readonly initial?: number | string;
  /** The largest value, where there is one. */
  readonly most?: number;
  /** A program may not set it by pragma. */
  readonly commandLineOnly?: true;
  /** Accepted from scripts of other systems; has no effect here, as COMPATIBILITY.md says. */
  readonly withoutEffect?: true;
  readonly summary: string;
}

const second = 1_000_000_000;
const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

export const optionTable = {
  aggpercpu: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "keep aggregations per CPU",
  },
  amin: {
    kind: "stability",
    phase: "compile",
    summary: "refuse programs whose stability is below name/data/class",
  },
  argref: { kind: "flag", phase: "compile", summary: "macro arguments need not be referenced" },
  compat: {
    kind: ["solaris"],
    phase: "compile",
    summary: "also take the names of another system: `solaris`",
  },
  core: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "dump core on a failed assertion",
  },
  cpp: {
    kind: "flag",
    phase: "compile",
    commandLineOnly: true,
    summary: "run the C preprocessor first (-C)",
  },
  cpphdrs: {
    kind: "flag",
    phase: "compile",
    commandLineOnly: true,
    summary: "show the headers the preprocessor reads (-H)",
  },
  cpppath: {
    kind: "text",
    phase: "compile",
    commandLineOnly: true,
    initial: "cpp",
    summary: "the C preprocessor",
  },
  ctypes: {
    kind: "text",
    phase: "compile",
    withoutEffect: true,
    summary: "write the program's C types to a file",
  },
  debug: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "debugging messages",
  },
  defaultargs: {
    kind: "flag",
    phase: "compile",
    summary: "macro arguments that are not given are 0 or empty",
  },
  define: {
    kind: "list",
    phase: "compile",
    commandLineOnly: true,
    summary: "define a name for the preprocessor (-D)",
  },
  droptags: { kind: "flag", phase: "compile", summary: "show the tag of a drop" },
  dtypes: {
    kind: "text",
    phase: "compile",
    withoutEffect: true,
    summary: "write the program's D types to a file",
  },
  empty: { kind: "flag", phase: "compile", summary: "allow a program without clauses" },
  encoding: {
    kind: ["ascii", "utf8"],
    phase: "compile",
    summary: "characters of packed and drawn aggregations",
  },
  errtags: { kind: "flag", phase: "compile", summary: "show the tag of an error" },
  evaltime: {
    kind: ["exec", "preinit", "postinit", "main"],
    phase: "compile",
    withoutEffect: true,
    summary: "when a -c process is let go",
  },
  format: {
    kind: ["text", "json"],
    phase: "compile",
    initial: "text",
    summary: "how what is traced is written: `text`, or `json`, an object a line",
  },
  incdir: {
    kind: "list",
    phase: "compile",
    commandLineOnly: true,
    summary: "search a folder for headers (-I)",
  },
  iregs: {
    kind: "count",
    phase: "compile",
    withoutEffect: true,
    summary: "integer registers of the virtual machine",
  },
  kdefs: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "kernel symbols may be unresolved",
  },
  knodefs: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "kernel symbols must be resolved",
  },
  late: {
    kind: ["dynamic", "static"],
    phase: "compile",
    withoutEffect: true,
    summary: "when translators are bound",
  },
  lazyload: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "load DOF lazily",
  },
  ldpath: {
    kind: "text",
    phase: "compile",
    commandLineOnly: true,
    withoutEffect: true,
    summary: "the linker of -G",
  },
  libdir: {
    kind: "list",
    phase: "compile",
    commandLineOnly: true,
    summary: "search a folder for D libraries (-L)",
  },
  linkmode: {
    kind: ["kernel", "primary", "dynamic", "static"],
    phase: "compile",
    withoutEffect: true,
    summary: "how symbols are bound",
  },
  linktype: {
    kind: ["elf", "dof"],
    phase: "compile",
    withoutEffect: true,
    summary: "what -G writes",
  },
  nolibs: { kind: "flag", phase: "compile", commandLineOnly: true, summary: "read no D libraries" },
  pgmax: {
    kind: "count",
    phase: "compile",
    withoutEffect: true,
    summary: "processes held open for symbols",
  },
  pspec: { kind: "flag", phase: "compile", summary: "read ambiguous text as a probe description" },
  setenv: {
    kind: "list",
    phase: "compile",
    commandLineOnly: true,
    summary: "NAME=VALUE for -c processes",
  },
  stdc: {
    kind: ["a", "c", "s", "t"],
    phase: "compile",
    commandLineOnly: true,
    summary: "what the preprocessor takes __STDC__ for (-X)",
  },
  strip: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "leave out what is not needed to run",
  },
  syslibdir: {
    kind: "text",
    phase: "compile",
    commandLineOnly: true,
    summary: "the folder of the system's D libraries",
  },
  tree: {
    kind: "trees",
    phase: "compile",
    commandLineOnly: true,
    summary: "show the program's trees: `parse` as written, `typed` as checked",
  },
  tregs: {
    kind: "count",
    phase: "compile",
    withoutEffect: true,
    summary: "tuple registers of the virtual machine",
  },
  udefs: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "user symbols may be unresolved",
  },
  undef: {
    kind: "list",
    phase: "compile",
    commandLineOnly: true,
    summary: "undefine a name for the preprocessor (-U)",
  },
  unodefs: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "user symbols must be resolved",
  },
  unsetenv: {
    kind: "names",
    phase: "compile",
    commandLineOnly: true,
    summary: "a NAME that -c processes do not get",
  },
  verbose: {
    kind: "flag",
    phase: "compile",
    withoutEffect: true,
    summary: "show what the compiler makes",
  },
  verifierlog: {
    kind: "text",
    phase: "compile",
    commandLineOnly: true,
    summary: "keep the kernel's verifier log in a file",
  },
  version: { kind: "version", phase: "compile", summary: "the version of D to compile for" },
  zdefs: {
    kind: "flag",
    phase: "compile",
    summary: "descriptions that match no probe are allowed (-Z)",
  },

  aggsize: {
    kind: "size",
    phase: "enable",
    initial: 4 * megabyte,
    summary: "bytes for each aggregation",
  },
  bufpolicy: {
    kind: ["switch", "fill", "ring"],
    phase: "enable",
    initial: "switch",
    summary: "what happens when a buffer is full",
  },
  bufresize: {
    kind: ["auto", "manual"],
    phase: "enable",
    initial: "auto",
    summary: "what happens when a buffer does not fit",
  },
  bufsize: {
    kind: "size",
    phase: "enable",
    initial: 4 * megabyte,
    summary: "bytes of each CPU's principal buffer",
  },
  cleanrate: {
    kind: "rate",
    phase: "enable",
    initial: second / 101,
    withoutEffect: true,
    summary: "how often speculations are cleaned",
  },
  cpu: { kind: "count", phase: "enable", summary: "the only CPU to trace on" },
  destructive: { kind: "flag", phase: "enable", summary: "allow destructive actions (-w)" },
  dynvarsize: {
    kind: "size",
    phase: "enable",
    initial: megabyte,
    summary: "bytes for dynamic variables",
  },
  grabanon: {
    kind: "flag",
    phase: "enable",
    withoutEffect: true,
    summary: "claim anonymous tracing",
  },
  jstackframes: { kind: "count", phase: "enable", initial: 50, summary: "frames of jstack()" },
  jstackstrsize: {
    kind: "size",
    phase: "enable",
    initial: 512,
    summary: "bytes for the strings of jstack()",
  },
  nspec: { kind: "count", phase: "enable", initial: 1, summary: "speculations at a time" },
  pcapsize: {
    kind: "size",
    phase: "enable",
    initial: 2048,
    summary: "bytes of a packet that pcap() keeps",
  },
  specsize: {
    kind: "size",
    phase: "enable",
    initial: 32 * kilobyte,
    summary: "bytes of a speculation",
  },
  stackframes: { kind: "count", phase: "enable", initial: 20, summary: "frames of stack()" },
  statusrate: {
    kind: "rate",
    phase: "enable",
    initial: second,
    summary: "how often drops are looked for",
  },
  strsize: {
    kind: "size",
    phase: "enable",
    initial: 256,
    most: 2 ** 32 - 1,
    summary: "characters of a string",
  },
  temporal: { kind: "flag", phase: "enable", initial: 1, summary: "show records in time order" },
  ustackframes: { kind: "count", phase: "enable", initial: 20, summary: "frames of ustack()" },

  agghist: { kind: "flag", phase: "trace", summary: "draw a bar for each aggregation value" },
  aggpack: { kind: "flag", phase: "trace", summary: "draw distributions in one line each" },
  aggrate: {
    kind: "rate",
    phase: "trace",
    initial: second,
    withoutEffect: true,
    summary: "how often aggregations are read",
  },
  aggsortkey: { kind: "flag", phase: "trace", summary: "sort aggregations by key first" },
  aggsortkeypos: { kind: "count", phase: "trace", summary: "the key to sort by first" },
  aggsortpos: { kind: "count", phase: "trace", summary: "the aggregation to sort by in printa()" },
  aggsortrev: { kind: "flag", phase: "trace", summary: "reverse the order of aggregations" },
  aggzoom: { kind: "flag", phase: "trace", summary: "scale bars to the largest value" },
  flowindent: { kind: "flag", phase: "trace", summary: "indent by entry and return (-F)" },
  quiet: { kind: "flag", phase: "trace", summary: "show only what the program asks for (-q)" },
  rawbytes: { kind: "flag", phase: "trace", summary: "show strings as bytes" },
  stackindent: {
    kind: "count",
    phase: "trace",
    initial: 14,
    summary: "spaces before a stack frame",
  },
  switchrate: {
    kind: "rate",
    phase: "trace",
    initial: second,
    summary: "how often buffers are read",
  },
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof optionTable;

export function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(optionTable, name);
}

/** The row with the fields every row may have. */
export function optionRow(name: OptionName): OptionRow {
  return optionTable[name];
}
