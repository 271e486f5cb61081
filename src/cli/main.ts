/** dtrace(1): reads the command line, runs the mode it asks for, turns its end into a status. */

import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { argv, exit } from "node:process";
import { type CommandLine, parseArguments } from "./arguments.ts";
import { errorCode } from "./error-text.ts";
import { exitStatuses, Failure } from "./failure.ts";
import { usageText, versionText } from "./usage.ts";

void main(argv.slice(2)).then(exit);

async function main(words: readonly string[]): Promise<number> {
  if (words[0] === "--tools") return runTool(words.slice(1));
  return runWords(words);
}

/** A tool is a program that comes with the command, run like one of the user. */
async function runTool(words: readonly string[]): Promise<number> {
  try {
    const request = (await import("./modes/tools.ts")).toolRequest(words);
    if (request.kind === "run") return await runWords(request.words);
    writeTo(1, request.text);
    return exitStatuses.success;
  } catch (error) {
    return reportFailure(error);
  }
}

async function runWords(words: readonly string[]): Promise<number> {
  const line = parseArguments(words);
  if ("message" in line) {
    if (line.message !== undefined) writeError(line.message);
    if (line.showUsage) writeTo(2, usageText);
    return exitStatuses.usage;
  }
  try {
    return await runMode(line);
  } catch (error) {
    return reportFailure(error);
  }
}

/** Each mode is loaded when it is asked for: what a command does not need costs it nothing. */
async function runMode(line: CommandLine): Promise<number> {
  switch (line.mode) {
    case "help":
      writeTo(1, usageText);
      return exitStatuses.success;
    case "version":
      writeTo(1, `${versionText}\n`);
      return exitStatuses.success;
    case "status":
      return (await import("./modes/status.ts")).showStatus((text) => writeTo(1, text));
    case "list":
      return (await import("./modes/list.ts")).listMode(line, writeError);
    default:
      return (await import("./modes/trace.ts")).traceMode(line, writeError);
  }
}

function reportFailure(error: unknown): number {
  if (!(error instanceof Error)) throw error;
  if (error instanceof Failure || error.name === "KernelError") {
    const { quiet, explanation } = error instanceof Failure ? error : noExplanation;
    if (!quiet) writeError(error.message);
    if (explanation !== undefined && isTerminal(2)) writeTo(2, explanation.text);
  } else {
    writeError(`internal error: ${error.stack ?? error.message}`);
  }
  return exitStatuses.error;
}

/** Node's terminals come with its sockets and streams: they are loaded when something is wrong. */
const isTerminal = (descriptor: number): boolean =>
  (createRequire(import.meta.url)("node:tty") as typeof import("node:tty")).isatty(descriptor);

const noExplanation = { quiet: false, explanation: undefined };

function writeError(message: string): void {
  writeTo(2, `dtrace: ${message}\n`);
}

function writeTo(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch (error) {
    // Nobody reads any more: there is no one left to tell.
    if (errorCode(error) !== "EPIPE" && errorCode(error) !== "EAGAIN") throw error;
  }
}
