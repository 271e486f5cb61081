/** One boot of a guest: the job it runs, what it prints meanwhile, and how it ended. */

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { runFolder } from "./folders.ts";
import type { KernelImage } from "./kernel-image.ts";
import { type Kernel, machines } from "./kernels.ts";

export interface Boot {
  readonly kernel: Kernel;
  readonly image: KernelImage;
  /** The folder that becomes the guest's root. */
  readonly root: string;
  /** Folders of the host that lie over the root, by their place in the guest. */
  readonly mounts: ReadonlyMap<string, string>;
  /** What the guest's shell runs. */
  readonly job: string;
  /** A guest that prints nothing for so long hangs. */
  readonly silenceMs: number;
  readonly onOutput: (text: string) => void;
  /** Gets the console of a kernel that did not reach the job and is booted again. */
  readonly onUnstarted: (console: string) => void;
}

export type BootOutcome =
  | { readonly kind: "ended"; readonly status: number }
  /** The kernel did not reach the job. */
  | { readonly kind: "unstarted"; readonly console: string }
  /** The guest crashed, or hangs. */
  | { readonly kind: "lost"; readonly why: string; readonly console: string };

const consoleTail = 60;

/** Before the job has begun a dying kernel says nothing about us. */
const boots = 3;

export async function bootGuest(boot: Boot): Promise<BootOutcome> {
  let outcome = await bootOnce(boot);
  for (let done = 1; outcome.kind === "unstarted" && done < boots; done++) {
    boot.onUnstarted(outcome.console);
    outcome = await bootOnce(boot);
  }
  return outcome;
}

async function bootOnce(boot: Boot): Promise<BootOutcome> {
  const folder = `${runFolder}/${boot.kernel.name}-${process.pid}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/job`, { recursive: true });
  writeFileSync(`${folder}/job/job`, boot.job);
  const mounts = [...boot.mounts].map(([place, source], index) => ({
    tag: `lab_mount${index}`,
    place,
    source,
  }));
  writeFileSync(
    `${folder}/job/mounts`,
    mounts.map(({ tag, place }) => `${tag} ${place}\n`).join(""),
  );
  const { command } = machines[boot.kernel.architecture];
  const child = spawn(command, commandLine(boot, folder, mounts), {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const end = (): void => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", end);
  const exited = new Promise<void>((resolve) => {
    child.on("error", () => resolve());
    child.on("exit", () => resolve());
  });
  try {
    const hangs = await follow(`${folder}/job/output`, `${folder}/console`, exited, boot);
    return outcome(folder, hangs ? `printed nothing for ${boot.silenceMs / 1000} s` : undefined);
  } finally {
    process.off("exit", end);
    end();
    await exited;
  }
}

function outcome(folder: string, hangs: string | undefined): BootOutcome {
  const statusFile = `${folder}/job/status`;
  if (hangs === undefined && existsSync(statusFile)) {
    return { kind: "ended", status: Number(readFileSync(statusFile, "utf8")) };
  }
  const lines = readIfThere(`${folder}/console`).split(/\r*\n/);
  const console = lines.slice(-consoleTail).join("\n");
  if (!existsSync(`${folder}/job/output`)) return { kind: "unstarted", console };
  return { kind: "lost", why: hangs ?? "ended without a status", console };
}

/** Passes the job's output on until the machine ends; true where it was silent for too long. */
async function follow(
  output: string,
  console: string,
  exited: Promise<void>,
  { onOutput, silenceMs }: Boot,
): Promise<boolean> {
  let shown = 0;
  let running = true;
  let heard = Date.now();
  let consoleSize = 0;
  void exited.then(() => {
    running = false;
  });
  for (;;) {
    const last = !running;
    const text = readIfThere(output);
    const size = existsSync(console) ? statSync(console).size : 0;
    if (text.length > shown || size > consoleSize) heard = Date.now();
    if (text.length > shown) onOutput(text.slice(shown));
    shown = text.length;
    consoleSize = size;
    if (last) return false;
    if (Date.now() - heard > silenceMs) return true;
    await Promise.race([sleep(500), exited]);
  }
}

const readIfThere = (path: string): string =>
  existsSync(path) ? readFileSync(path, "latin1") : "";

interface Mount {
  readonly tag: string;
  readonly source: string;
}

function commandLine(
  { kernel, image, root }: Boot,
  folder: string,
  mounts: readonly Mount[],
): readonly string[] {
  const machine = machines[kernel.architecture];
  const share = (tag: string, path: string, access: string): readonly string[] => [
    "-fsdev",
    `local,id=${tag},path=${path},security_model=none,multidevs=remap${access}`,
    "-device",
    `virtio-9p-pci,fsdev=${tag},mount_tag=${tag}`,
  ];
  return [
    ...machine.options,
    // With a thread for each CPU, QEMU 7.2 now and then runs code that the other CPU patches half
    // old, half new: the kernel dies of an int3 of its own, mostly where all functions are traced.
    ...["-accel", "tcg,thread=single", "-smp", "2", "-m", "4G"],
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    ...["-serial", `file:${folder}/console`],
    ...["-kernel", image.image, "-initrd", image.initialRoot],
    ...["-append", `console=${machine.console} panic=-1 oops=panic loglevel=5 mitigations=off`],
    ...share("lab_root", root, ",readonly=on"),
    ...share("lab_job", `${folder}/job`, ""),
    ...share("lab_modules", `${image.root}/lib/modules`, ",readonly=on"),
    ...mounts.flatMap(({ tag, source }) => share(tag, source, ",readonly=on")),
  ];
}
