/** Builds the peers: the clang jobs, their loader, and the program that makes the work. */

import { mkdirSync, writeFileSync } from "node:fs";
import { run } from "./run-process.ts";

export const built = {
  loader: ".build/loader",
  writer: ".build/writer",
  events: ".build/events",
  job: (name: string): string => `.build/${name}.o`,
} as const;

export function buildTools(): void {
  mkdirSync(".build", { recursive: true });
  const types = check(
    run("bpftool", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c"),
  );
  writeFileSync(".build/vmlinux.h", types.stdout);
  check(run("gcc", "-O2", "bench/peers/loader.c", "-lbpf", "-o", built.loader));
  check(run("gcc", "-O2", "bench/peers/writer.c", "-o", built.writer));
  check(run("gcc", "-O2", "bench/peers/events.c", "-lpthread", "-o", built.events));
}

/** An empty program at a tracepoint. */
export function buildBare(tracepoint: string): string {
  const object = built.job(`bare-${tracepoint}`);
  const include = `-I/usr/include/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
  check(
    run(
      "clang",
      ...["-O2", "-g", "-target", "bpf", include, `-DTRACEPOINT=${tracepoint}`],
      ...["-c", "bench/peers/bare.bpf.c", "-o", object],
    ),
  );
  return object;
}

/** One job for one target process. */
export function buildJob(name: string, target: number): string {
  const object = built.job(name);
  check(
    run(
      "clang",
      ...["-O2", "-g", "-target", "bpf", "-D__TARGET_ARCH_x86", "-I.build"],
      `-DTARGET=${target}`,
      `-DJOB_${name}`,
      ...["-c", "bench/peers/jobs.bpf.c", "-o", object],
    ),
  );
  return object;
}

/**
 * bpftrace wants tracefs and debugfs in their places: a mount namespace of its own gives them to it
 * and changes nothing for others.
 */
export function bpftrace(program: string): readonly [string, ...string[]] {
  const mounts =
    "mount -t debugfs debugfs /sys/kernel/debug; mount -t tracefs tracefs /sys/kernel/tracing";
  const script = `{ ${mounts}; } 2>/dev/null; exec bpftrace -e "$1"`;
  return ["unshare", "-m", "sh", "-c", script, "sh", program];
}

export function hasCommand(name: string): boolean {
  return run("sh", "-c", `command -v ${name}`).status === 0;
}

function check<Result extends { status: number | null; stderr: string }>(result: Result): Result {
  if (result.status !== 0) throw new Error(result.stderr);
  return result;
}
