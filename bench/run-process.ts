/** Processes under measurement: started, spoken to, waited for, timed. */

import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** What every measured process sees: without the certificate bundle, which costs Node 100 ms. */
export const environment: NodeJS.ProcessEnv = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };

export interface Finished {
  readonly wallMs: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export function run(command: string, ...words: readonly string[]): Finished {
  const start = process.hrtime.bigint();
  const result = spawnSync(command, words, {
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (result.error) throw result.error;
  const wallMs = Number(process.hrtime.bigint() - start) / 1e6;
  return { wallMs, stdout: result.stdout, stderr: result.stderr, status: result.status };
}

/** The middle of several runs' wall time in milliseconds. */
export function medianWallMs(times: number, command: string, ...words: readonly string[]): number {
  const walls = Array.from({ length: times }, () => run(command, ...words).wallMs).sort(
    (left, right) => left - right,
  );
  return walls[Math.floor(walls.length / 2)] ?? 0;
}

/** A process that goes on while others are measured. */
export class Running implements Disposable {
  readonly child: ChildProcessWithoutNullStreams;
  stdout = "";
  stderr = "";
  readonly #exited: Promise<void>;

  constructor(command: string, ...words: readonly string[]) {
    this.child = spawn(command, words, { env: environment });
    this.child.stdout.on("data", (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.child.stderr.on("data", (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.#exited = new Promise((resolve) => this.child.on("close", () => resolve()));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the text has been printed on either stream. */
  async said(text: string): Promise<void> {
    for (let waited = 0; waited < 120_000; waited += 5) {
      if (this.stdout.includes(text) || this.stderr.includes(text)) return;
      if (this.child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`${this.child.spawnfile} never said "${text}": ${this.stdout}${this.stderr}`);
  }

  async ended(): Promise<void> {
    await this.#exited;
  }

  [Symbol.dispose](): void {
    if (this.child.exitCode === null) this.child.kill("SIGKILL");
  }
}

/** Peak resident memory of a command in megabytes, from the kernel's own account. */
export function peakMemoryMb(command: string, ...words: readonly string[]): number {
  const report = ".build/peak-memory";
  run("/usr/bin/env", "time", "-f", "%M", "-o", report, command, ...words);
  return Number(readFileSync(report, "utf8").trim().split("\n").at(-1)) / 1024;
}
