/** -S: the programs that were made, each stretch of instructions under the source it is for. */

import type { TextSpan } from "../../base/text-span.ts";
import { disassemble } from "../../bpf/disassemble.ts";
import type { EnabledProgram, Enabling } from "../../compiler/enabling.ts";

export function codeText({ programs }: Enabling): string {
  return programs.map(programText).join("");
}

function programText({ spec, attachment }: EnabledProgram): string {
  const lines = [`\nprogram ${spec.name} (${spec.type}, attached as ${attachment.kind})`];
  for (const { name, role, instructions } of spec.functions) {
    lines.push(`\n${name}: ${role}`);
    let shown: TextSpan | undefined;
    let index = 0;
    for (const { instruction, span } of instructions) {
      if (span !== undefined && span !== shown) lines.push(`; line ${span.line}`);
      shown = span ?? shown;
      if (instruction.op === "label") {
        lines.push(disassemble(instruction));
        continue;
      }
      lines.push(`${String(index).padStart(5)}: ${disassemble(instruction)}`);
      index += 1;
    }
  }
  return `${lines.join("\n")}\n`;
}
