/** Allocated machine code as eBPF: blocks in a row, jumps only where the next block is not meant. */

import type { TextSpan } from "../../../base/text-span.ts";
import type {
  Instruction,
  Label,
  Operand,
  PlacedInstruction,
  Register,
} from "../../../bpf/instruction.ts";
import { invertedComparisons } from "../operands.ts";
import { retargeted } from "./critical-edges.ts";
import {
  firstVirtual,
  type MachineBlock,
  type MachineEnd,
  type MachineOperand,
  type MachineOperation,
  machineSuccessors,
  visitOperation,
} from "./machine.ts";

/** `labelPrefix` keeps the labels of a program's functions apart. */
export function emitBlocks(
  blocks: readonly MachineBlock[],
  labelPrefix: string,
): PlacedInstruction[] {
  const emitter = new Emitter(threadJumps(blocks), labelPrefix);
  return emitter.run();
}

interface OrderedBlock {
  readonly id: number;
  readonly block: MachineBlock;
}

/** Jumps to a block that only jumps go where that one goes; blocks nobody reaches are left out. */
function threadJumps(blocks: readonly MachineBlock[]): OrderedBlock[] {
  const finalTarget = (id: number): number => {
    let target = id;
    for (let steps = 0; steps < blocks.length; steps++) {
      const block = blocks[target];
      if (block?.end.op !== "jump" || block.instructions.length > 0) break;
      target = block.end.target;
    }
    return target;
  };
  const threaded = blocks.map(({ instructions, end }) => ({
    instructions,
    end: retargeted(end, finalTarget),
  }));
  const reached = new Set<number>();
  const pending = [0];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    const block = threaded[id];
    if (!block || reached.has(id)) continue;
    reached.add(id);
    pending.push(...machineSuccessors(block.end));
  }
  return [...threaded.entries()]
    .filter(([id]) => reached.has(id))
    .map(([id, block]) => ({ id, block }));
}

class Emitter {
  readonly #blocks: readonly OrderedBlock[];
  readonly #labelPrefix: string;
  readonly #output: PlacedInstruction[] = [];
  readonly #targets = new Set<number>();
  #nextLocal = 0;
  #span: TextSpan | undefined;

  constructor(blocks: readonly OrderedBlock[], labelPrefix: string) {
    this.#blocks = blocks;
    this.#labelPrefix = labelPrefix;
  }

  run(): PlacedInstruction[] {
    for (const [index, { id, block }] of this.#blocks.entries()) {
      this.#emit({ op: "label", label: this.#label(id) });
      for (const { operation, span } of block.instructions) {
        this.#span = span;
        this.#operation(operation);
      }
      this.#end(block.end, this.#blocks[index + 1]?.id);
    }
    const used = new Set<Label>([...this.#targets].map((id) => this.#label(id)));
    const isBlockLabel = new Set(this.#blocks.map(({ id }) => this.#label(id)));
    return this.#output.filter(
      ({ instruction }) =>
        instruction.op !== "label" ||
        !isBlockLabel.has(instruction.label) ||
        used.has(instruction.label),
    );
  }

  #label(id: number): Label {
    return `${this.#labelPrefix}L${id}`;
  }

  #emit(instruction: Instruction): void {
    this.#output.push({ instruction, span: this.#span });
  }

  #jump(target: number, next: number | undefined): void {
    if (target === next) return;
    this.#targets.add(target);
    this.#emit({ op: "jump", target: this.#label(target) });
  }

  #end(end: MachineEnd, next: number | undefined): void {
    this.#span = end.span;
    switch (end.op) {
      case "exit":
        this.#emit({ op: "exit" });
        return;
      case "jump":
        this.#jump(end.target, next);
        return;
      case "jump-if":
        this.#branch(end, next);
    }
  }

  #branch(end: Extract<MachineEnd, { op: "jump-if" }>, next: number | undefined): void {
    const { whenTrue, whenFalse } = end;
    const inverted = invertedComparisons[end.comparison];
    if (whenTrue === whenFalse) {
      this.#jump(whenTrue, next);
    } else if (whenTrue === next && inverted) {
      this.#jumpIf({ ...end, comparison: inverted }, whenFalse);
    } else {
      this.#jumpIf(end, whenTrue);
      this.#jump(whenFalse, next);
    }
  }

  #jumpIf(
    { comparison, width, left, right }: Extract<MachineEnd, { op: "jump-if" }>,
    target: number,
  ): void {
    this.#targets.add(target);
    this.#emit({
      op: "jump-if",
      comparison,
      width,
      left: physical(left),
      right: physicalOperand(right),
      target: this.#label(target),
    });
  }

  #operation(operation: MachineOperation): void {
    if (operation.op === "call") this.#emit(operation.call);
    else if (operation.op === "clear-unless") this.#clearUnless(operation);
    else if (isAllocated(operation)) this.#emit(operation);
    else throw new Error(`${operation.op} has a register that is not allocated: a bug in dtrace`);
  }

  #clearUnless(operation: Extract<MachineOperation, { op: "clear-unless" }>): void {
    const label = `${this.#labelPrefix}S${this.#nextLocal}`;
    this.#nextLocal += 1;
    this.#emit({
      op: "jump-if",
      comparison: operation.comparison,
      width: 64,
      left: physical(operation.left),
      right: physicalOperand(operation.right),
      target: label,
    });
    const into = physical(operation.into);
    this.#emit({ op: "move", width: 64, into, from: { immediate: 0 } });
    this.#emit({ op: "label", label });
  }
}

type Plain = Exclude<MachineOperation, { op: "call" | "clear-unless" }>;

function isAllocated(operation: Plain): operation is Plain & Instruction {
  let allocated = true;
  visitOperation(operation, (register) => {
    allocated &&= register >= 0 && register < firstVirtual;
  });
  return allocated;
}

function physicalOperand(operand: MachineOperand): Operand {
  return "immediate" in operand ? operand : { register: physical(operand.register) };
}

function physical(register: number): Register {
  if (register < 0 || register >= firstVirtual) {
    throw new Error(`register ${register} is not allocated: a bug in dtrace`);
  }
  return register as Register;
}
