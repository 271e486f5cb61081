/** Attaches programs to instructions of the kernel: a kprobe and a link for each. */

import type { Attachment } from "../../compiler/enabling.ts";
import { linkPerfEvent } from "../../kernel/bpf-syscall.ts";
import type { FileDescriptor } from "../../kernel/descriptor.ts";
import { isKernelError, type KernelError } from "../../kernel/kernel-error.ts";
import { openInstructionProbe } from "../../kernel/perf-event.ts";
import type { Links } from "./attach-kprobes.ts";
import { collect } from "./collect.ts";

type Instructions = Extract<Attachment, { readonly kind: "instructions" }>;

/** What kprobes refused: some code is patched while the kernel runs, some belongs to them. */
export interface Refused {
  readonly place: string;
  readonly error: KernelError;
}

/** What has nothing to do with where it is to be. */
const notOfThePlace: ReadonlySet<string> = new Set([
  "EACCES",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "EPERM",
]);

/** Goes on past what is refused. */
export function attachInstructions(
  links: Links,
  program: FileDescriptor,
  { instructions }: Instructions,
): readonly Refused[] {
  const refused: Refused[] = [];
  for (const { address, place, module, cookie } of instructions) {
    try {
      const link = collect((parts) => {
        const probe = parts.use(openInstructionProbe(address, place));
        parts.use(linkPerfEvent(program, probe, cookie));
      });
      if (module === "vmlinux") links.use(link);
      else links.useFor(module, link);
    } catch (error) {
      if (!isKernelError(error) || notOfThePlace.has(error.code)) throw error;
      refused.push({ place, error });
    }
  }
  return refused;
}

/** Says which are not probed; all of them being refused is an error. */
export function tellRefused(
  refused: readonly Refused[],
  wanted: number,
  notice: (message: string) => void,
): void {
  const [first] = refused;
  if (!first) return;
  if (refused.length >= wanted) throw first.error;
  const others = refused.length > 1 ? ` and ${refused.length - 1} more` : "";
  notice(`not all instructions can be probed: the kernel refuses ${first.place}${others}`);
}
