/** `dtrace --status`: what this kernel lets dtrace do, what it lacks, and what to do about it. */

import { createBtfSource } from "../../kernel/btf-source.ts";
import { type FeatureState, KernelFeatures } from "../../kernel/features/kernel-features.ts";
import { exitStatuses } from "../failure.ts";

export function showStatus(write: (text: string) => void): number {
  const states = new KernelFeatures(createBtfSource()).listFeatures();
  const width = Math.max(...states.map(({ name }) => name.length));
  let group = "";
  for (const state of states) {
    if (state.group !== group) write(`${group === "" ? "" : "\n"}${state.group}\n`);
    group = state.group;
    write(rowOf(state, width));
  }
  return exitStatuses.success;
}

function rowOf({ name, available, reason, remedy }: FeatureState, width: number): string {
  if (available) return `  ${name.padEnd(width)}  yes\n`;
  const why = reason === undefined ? "" : `: ${reason}`;
  const help = remedy === undefined ? "" : `; needs: ${remedy}`;
  return `  ${name.padEnd(width)}  no${why}${help}\n`;
}
