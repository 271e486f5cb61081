/** The passes in their order. Every one takes a function and gives one that does the same. */

import type { IrFunction } from "../ir.ts";
import { hoistInputs } from "./hoist-inputs.ts";

export function optimize(irFunction: IrFunction): IrFunction {
  return hoistInputs(irFunction);
}
