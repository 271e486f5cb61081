/** The passes in their order. Every one takes a function and gives one that does the same. */

import type { IrFunction } from "../ir.ts";
import { coalesceCopies } from "./coalesce-copies.ts";
import { fuseBranches } from "./fuse-branches.ts";
import { hoistInputs } from "./hoist-inputs.ts";
import { removeDead } from "./remove-dead.ts";
import { shareValues } from "./share-values.ts";
import { simplify } from "./simplify.ts";
import { tidyBlocks } from "./tidy-blocks.ts";

const passes = [
  hoistInputs,
  simplify,
  shareValues,
  simplify,
  fuseBranches,
  removeDead,
  tidyBlocks,
  // Branches that folded and blocks that joined give a little more to do.
  simplify,
  fuseBranches,
  removeDead,
  tidyBlocks,
  coalesceCopies,
] as const;

export function optimize(irFunction: IrFunction): IrFunction {
  return passes.reduce((result, pass) => pass(result), irFunction);
}
