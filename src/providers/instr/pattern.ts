/** What a probe description of the instr provider means. */

import type { ProbePattern } from "../../compiler/environment.ts";
import { matcherOf } from "../glob.ts";

export interface InstructionPattern {
  readonly module: string;
  /** The function's name without the mnemonic. */
  readonly function: string;
  /** `function-mnemonic:0xaddress`, or `function:offset`. */
  readonly form: "mnemonic" | "offset";
  /** Where the name is an address in full. */
  readonly address: bigint | undefined;
  /** Where the name is an offset in full. */
  readonly offset: number | undefined;
  /** Undefined where the instruction is not meant. */
  nameOf(instruction: {
    readonly address: bigint;
    readonly offset: number;
    readonly mnemonic: string;
  }): string | undefined;
}

/** A function field with a dash names mnemonics, too: no function has one in its name. */
export function instructionPattern({
  module,
  function: functionName,
  name,
}: ProbePattern): InstructionPattern {
  const matchesName = matcherOf(name);
  const address = /^0x[0-9a-f]{9,16}$/.test(name) ? BigInt(name) : undefined;
  const dash = lastDash(functionName);
  if (dash < 0 && address === undefined) {
    return {
      module,
      function: functionName,
      form: "offset",
      address,
      offset: /^(\d+|0x[0-9a-f]+)$/.test(name) ? Number(name) : undefined,
      nameOf: ({ offset }) =>
        matchesName(`${offset}`) || matchesName(`0x${offset.toString(16)}`)
          ? `${offset}`
          : undefined,
    };
  }
  const matchesMnemonic = matcherOf(dash < 0 ? "" : functionName.slice(dash + 1));
  return {
    module,
    function: dash < 0 ? functionName : functionName.slice(0, dash),
    form: "mnemonic",
    address,
    offset: undefined,
    nameOf({ address: at, mnemonic }) {
      const own = `0x${at.toString(16)}`;
      return matchesMnemonic(mnemonic) && matchesName(own) ? own : undefined;
    },
  };
}

/** Not those of a range as in `[a-j]`. */
function lastDash(pattern: string): number {
  return pattern.replace(/\[[^\]]*\]/g, (range) => range.replaceAll("-", " ")).lastIndexOf("-");
}
