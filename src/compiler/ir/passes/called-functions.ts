/** Functions that are still called when all are optimised: the kernel refuses any other. */

import type { IrFunction, IrOperation } from "../ir.ts";

/** In their order; entries are called by the kernel. */
export function calledFunctions(functions: readonly IrFunction[]): readonly IrFunction[] {
  const byName = new Map(functions.map((one) => [one.name, one]));
  const called = new Set<IrFunction>();
  const visit = (irFunction: IrFunction | undefined): void => {
    if (irFunction === undefined || called.has(irFunction)) return;
    called.add(irFunction);
    for (const { instructions } of irFunction.blocks) {
      for (const operation of instructions) visit(byName.get(calledBy(operation) ?? ""));
    }
  };
  for (const irFunction of functions) if (irFunction.role === "entry") visit(irFunction);
  return functions.filter((irFunction) => called.has(irFunction));
}

function calledBy(operation: IrOperation): string | undefined {
  if (operation.op === "function-address") return operation.function;
  if (operation.op === "call" && operation.callee.kind === "function") return operation.callee.name;
  return undefined;
}
