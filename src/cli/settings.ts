/** The session's options from the command line. */

import { hintForOption } from "../compiler/check/hints.ts";
import { initialOptions, type Options, setOption } from "../compiler/options/options.ts";
import type { CommandLine } from "./arguments.ts";
import { Failure } from "./failure.ts";

export function readSettings({ settings }: CommandLine): Options {
  const options = initialOptions();
  const compatibility = process.env["DTRACE_COMPAT"];
  if (compatibility !== undefined && compatibility !== "") {
    const error = setOption(options, "command-line", { name: "compat", value: compatibility });
    if (error !== undefined) throw new Failure(`failed to set DTRACE_COMPAT: ${error}`);
  }
  for (const { typed, name, value } of settings) {
    const error = setOption(options, "command-line", { name, value });
    if (error !== undefined) throw refused(typed, name, error);
  }
  return options;
}

function refused(typed: string, name: string, error: string): Failure {
  const message = `failed to set ${typed}: ${error}`;
  const hint = hintForOption(name);
  if (hint === undefined) return new Failure(message);
  return new Failure(message, { explanation: { tag: undefined, text: `   = ${hint}\n` } });
}
