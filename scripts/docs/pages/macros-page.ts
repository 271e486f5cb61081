/** The page of macro variables and control lines. */

import type { PragmaForm } from "../../../src/compiler/diagnostics/catalog-pragma.ts";
import { macroVariables } from "../../../src/consumer/macros.ts";
import { makeChapter } from "../chapter.ts";
import { code } from "../markdown.ts";
import type { Run } from "../run-example.ts";

const macroWords: Readonly<Record<string, string>> = {
  egid: "the effective group id of dtrace",
  euid: "the effective user id of dtrace",
  gid: "the real group id of dtrace",
  pgid: "the process group of dtrace",
  pid: "the process id of dtrace",
  ppid: "the process id of dtrace's parent",
  projid: "0: there are no projects here",
  sid: "the session of dtrace",
  target: "the process of the first `-c` or `-p`; 0 without",
  taskid: "0: there are no tasks of projects here",
  uid: "the real user id of dtrace",
};

type ControlLine = Exclude<PragmaForm, "option with more" | "line">;

const pragmaWords: Readonly<Record<ControlLine, readonly [form: string, text: string]>> = {
  option: [
    "#pragma D option name[=value]",
    "sets an [option](options.md) that is not for the command line only",
  ],
  attributes: [
    "#pragma D attributes name/data/class word",
    "the [stability](README.md#stability) of an inline, a variable or a translator of the program",
  ],
  binding: [
    '#pragma D binding "1.2" word',
    "the version of D from which on a library's name is there",
  ],
  depends_on: [
    "#pragma D depends_on module|provider|library word",
    "what a D library needs: without it the library is not there; in a program it is an error",
  ],
};

const otherLines: readonly (readonly [form: string, text: string])[] = [
  ["#!interpreter", "in the first line: skipped"],
  [
    '#line 12 "file"',
    "messages name this line and file from here on; the preprocessor writes it so",
  ],
  ["#error words", "an error that says these words"],
  ["#ident words", "nothing"],
];

export function makeMacrosPage(run: Run): Promise<string> {
  const macros = [...macroVariables(undefined).keys()]
    .sort()
    .map((name) => `| ${code(`$${name}`)} | ${macroWords[name] ?? ""} |\n`);
  const controls = [...Object.values(pragmaWords), ...otherLines].map(
    ([form, text]) => `| ${code(form)} | ${text} |\n`,
  );
  return makeChapter("macros.md", run, { macros: macros.join(""), controls: controls.join("") });
}
