/**
 * Where the traced data goes: standard output or the file of -o, moved by freopen(). Text is
 * gathered and written in large pieces; each character is one byte, as the kernel recorded it.
 */

import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { errorCode, errorText } from "../error-text.ts";
import { Failure } from "../failure.ts";

const bufferSize = 256 * 1024;
/** A call into C++ pays for longer texts only; most are short. */
const shortText = 64;
const standardOutput = 1;

export class OutputFile {
  readonly #buffer = Buffer.allocUnsafeSlow(bufferSize);
  #used = 0;
  readonly #isFile: boolean;
  #descriptor: number;
  #name: string;
  #original: { readonly descriptor: number; readonly name: string };

  constructor(path: string | undefined) {
    this.#isFile = path !== undefined;
    this.#name = path ?? "<stdout>";
    this.#descriptor = path === undefined ? standardOutput : openForAppending(path);
    this.#original = { descriptor: this.#descriptor, name: this.#name };
  }

  /** What a command of system() gets as its standard output: ours, unless -o took it away. */
  get descriptor(): number {
    return this.#isFile ? standardOutput : this.#descriptor;
  }

  /** freopen() has moved the output. */
  get isMoved(): boolean {
    return this.#descriptor !== this.#original.descriptor;
  }

  /** Nothing was written to the file yet. */
  get isEmpty(): boolean {
    return this.#used === 0 && fstatSync(this.#descriptor).size === 0;
  }

  write(text: string): void {
    const { length } = text;
    if (length > bufferSize - this.#used) this.#makeRoom(text);
    else if (length > shortText) this.#used += this.#buffer.write(text, this.#used, "latin1");
    else {
      for (let at = 0; at < length; at++) this.#buffer[this.#used + at] = text.charCodeAt(at);
      this.#used += length;
    }
  }

  flush(): void {
    const used = this.#used;
    this.#used = 0;
    if (used > 0) writeAll(this.#descriptor, this.#buffer.subarray(0, used), this.#name);
  }

  #makeRoom(text: string): void {
    this.flush();
    if (text.length <= bufferSize) this.write(text);
    else writeAll(this.#descriptor, Buffer.from(text, "latin1"), this.#name);
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
    if (this.#descriptor !== standardOutput) return;
    // Standard output keeps its old offset, which would leave a hole: open it anew at the end.
    this.#descriptor = openForAppending(`/proc/self/fd/${standardOutput}`);
    this.#original = { descriptor: this.#descriptor, name: this.#name };
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
