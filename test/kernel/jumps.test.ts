/** What instr says of conditional jumps, against what this processor does. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { jumpOf } from "../../src/providers/instr/jumps.ts";
import { buildProgram } from "../harness/build-program.ts";
import { holds } from "../harness/register-condition.ts";

const architecture = process.arch === "arm64" ? "arm64" : "x64";

/** Places in `struct pt_regs` of what the program sets. */
const places = { x64: { flags: 18, count: 11 }, arm64: { flags: 33, count: 9 } }[architecture];

test("conditional jumps are taken as the processor takes them", () => {
  const lines = execFileSync(buildProgram("conditional-jumps"), { encoding: "latin1" })
    .trim()
    .split("\n");
  assert.ok(lines.length > 500);
  for (const line of lines) {
    const [text = "", flags = "", count = "", taken] = line.split("|");
    const [mnemonic = ""] = text.split(" ");
    const jump = jumpOf(architecture, { mnemonic, operands: text.slice(mnemonic.length + 1) });
    const registers = new BigUint64Array(36);
    registers[places.flags] = BigInt(flags);
    registers[places.count] = BigInt(count);
    assert.equal(holds(jump, registers), taken === "1", line);
  }
});
