/** The passes in their order. Every one takes a function and gives one that does the same. */

import type { IrFunction } from "../ir.ts";
import { fuseBranches } from "./fuse-branches.ts";
import { hoistInputs } from "./hoist-inputs.ts";
import { removeDead } from "./remove-dead.ts";
import { shareValues } from "./share-values.ts";
import { simplify } from "./simplify.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

/** Sharing and fusing give `simplify` new work, which two rounds get through. */
const rounds = [simplify, shareValues, simplify, fuseBranches, removeDead, tidyBlocks] as const;

export function optimize(irFunction: IrFunction): IrFunction {
  let result = hoistInputs(irFunction);
  for (let round = 0; round < 2; round++) {
    for (const pass of rounds) result = pass(result);
  }
  return result;
}
