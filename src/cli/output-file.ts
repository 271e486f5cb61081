/**
 * Where the traced data goes: standard output or the file of -o, moved by freopen(). Text is
 * gathered and written in large pieces; each character is one byte, as the kernel recorded it.
 */

import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { errorCode, errorText } from "./error-text.ts";
import { Failure } from "./failure.ts";

const flushAt = 64 * 1024;
const standardOutput = 1;

export class OutputFile {
  #pending = "";
  #descriptor: number;
  #name: string;
  readonly #original: { readonly descriptor: number; readonly name: string };

  constructor(path: string | undefined) {
    this.#name = path ?? "<stdout>";
    this.#descriptor = path === undefined ? standardOutput : openForAppending(path);
    this.#original = { descriptor: this.#descriptor, name: this.#name };
  }

  /** What a command of system() gets as its standard output. */
  get descriptor(): number {
    return this.#original.descriptor === standardOutput ? this.#descriptor : standardOutput;
  }

  write(text: string): void {
    this.#pending += text;
    if (this.#pending.length >= flushAt) this.flush();
  }

  flush(): void {
    if (this.#pending === "") return;
    const bytes = Buffer.from(this.#pending, "latin1");
    this.#pending = "";
    writeAll(this.#descriptor, bytes, this.#name);
  }

  /** freopen(): later text goes to another file; undefined goes back to the first one. */
  reopen(path: string | undefined): void {
    const next =
      path === undefined ? this.#original : { descriptor: openSync(path, "a"), name: path };
    this.flush();
    if (this.#descriptor !== this.#original.descriptor) closeSync(this.#descriptor);
    this.#descriptor = next.descriptor;
    this.#name = next.name;
  }

  /** ftruncate(): empties the file; a terminal or pipe stays as it is. */
  truncate(): void {
    this.flush();
    if (!fstatSync(this.#descriptor).isFile()) return;
    ftruncateSync(this.#descriptor, 0);
    // A descriptor not opened for appending keeps its old offset and would leave a hole.
    this.#descriptor = openForAppending(`/proc/self/fd/${this.#descriptor}`);
  }
}

export function openForAppending(path: string): number {
  try {
    return openSync(path, "a");
  } catch (error) {
    throw new Failure(`failed to open output file '${path}': ${errorText(error)}`);
  }
}

function writeAll(descriptor: number, bytes: Buffer, name: string): void {
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (errorCode(error) === "EAGAIN") {
        // The reader's end made our pipe non-blocking: wait for it to take what it has.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
        continue;
      }
      throw new Failure(`failed to write to ${name}: ${errorText(error)}`, {
        quiet: errorCode(error) === "EPIPE",
      });
    }
  }
}
