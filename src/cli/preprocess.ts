/** -C: runs the system's C preprocessor over a script, as DTrace does before it compiles. */

import { arch } from "node:process";
import type { Options } from "../compiler/options/options.ts";
import { flagOption, listOption, textOption } from "../compiler/options/options.ts";
import { sourceTextOf, stringBytes } from "../compiler/syntax/lexer/string-escapes.ts";
import { childProcess } from "../kernel/process/child-process.ts";
import { errorText } from "./error-text.ts";
import { Failure } from "./failure.ts";

/** DTrace's version as `__SUNW_D_VERSION` shows it: 1.14.0. */
const versionDefine = "-D__SUNW_D_VERSION=0x01014000";

/** GNU's cpp warns of what it is told here, unless of nothing. */
const unnamed = ["-w", "-U__STDC__"];

const standardDefines: Readonly<Record<string, readonly string[]>> = {
  a: [...unnamed, "-D__STDC__=0"],
  c: [],
  s: unnamed,
  t: [...unnamed, "-D__STDC__=0"],
};

export function preprocess(source: string, options: Options): string {
  const program = textOption(options, "cpppath") ?? "cpp";
  const { status, error, stdout } = childProcess().spawnSync(
    program,
    preprocessorArguments(options),
    {
      input: stringBytes(withoutInterpreter(source)),
      stdio: ["pipe", "pipe", "inherit"],
      maxBuffer: 1 << 30,
    },
  );
  if (error) throw new Failure(`failed to execute ${program}: ${errorText(error)}`);
  if (status !== 0) throw new Failure("Preprocessor failed to process input program");
  return sourceTextOf(stdout);
}

/** Makes the headers of the C library plain C, without compilers' extensions and functions' bodies. */
const plainHeaders: readonly string[] = [
  "-U__GNUC__",
  "-D_DEFAULT_SOURCE",
  "-D__signed__=signed",
  "-D_BITS_BYTESWAP_H",
  "-D_BITS_UINTN_IDENTITY_H",
  // D's own id_t is signed, as on Solaris.
  "-D__id_t_defined",
];

function preprocessorArguments(options: Options): readonly string[] {
  return [
    // gnu modes define `linux` and `unix`, which D programs use as names.
    "-std=c11",
    ...(flagOption(options, "cpphdrs") ? ["-H"] : []),
    ...plainHeaders,
    "-D__linux",
    "-D__unix",
    "-D__SVR4",
    arch === "arm64" ? "-D__aarch64" : "-D__amd64",
    "-D__SUNW_D=1",
    "-D__SUNW_D_64",
    versionDefine,
    ...(standardDefines[textOption(options, "stdc") ?? "c"] ?? []),
    ...listOption(options, "incdir").map((folder) => `-I${folder}`),
    ...listOption(options, "define").map((definition) => `-D${definition}`),
    ...listOption(options, "undef").map((name) => `-U${name}`),
  ];
}

/** The preprocessor takes `#!` for a directive; the line stays, empty, so that numbers agree. */
function withoutInterpreter(source: string): string {
  return source.startsWith("#!") ? source.replace(/^[^\n]*/, "") : source;
}
