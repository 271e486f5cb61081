/**
 * Machine code into instructions: Capstone, as WebAssembly. It is loaded when the first instruction
 * is asked for.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createContext, Script } from "node:vm";

export interface Instruction {
  readonly address: bigint;
  readonly size: number;
  /** `jne`, `b.eq`; words of one with a prefix are joined: `rep_movsb`. */
  readonly mnemonic: string;
  /** As Capstone writes them. */
  readonly operands: string;
}

export type Decoder = (code: Uint8Array, address: bigint) => readonly Instruction[];

interface CapstoneInstruction {
  readonly address: bigint;
  readonly size: number;
  readonly mnemonic: string;
  readonly op_str: string;
}

interface Capstone {
  readonly ARCH_X86: number;
  readonly ARCH_ARM64: number;
  readonly MODE_64: number;
  readonly MODE_LITTLE_ENDIAN: number;
  readonly Capstone: new (architecture: number, mode: number) => Engine;
}

interface Engine {
  /** Up to the first bytes that are no instruction; throws where those are the very first. */
  disasm(code: Uint8Array, address: bigint): readonly CapstoneInstruction[];
}

/** On x86-64 bytes that are no instruction end it: nobody knows where the next one begins. */
export function createDecoder(architecture: "x64" | "arm64"): Decoder {
  const capstone = loadCapstone();
  return architecture === "x64"
    ? decoderOf(new capstone.Capstone(capstone.ARCH_X86, capstone.MODE_64))
    : decoderOfWords(
        decoderOf(new capstone.Capstone(capstone.ARCH_ARM64, capstone.MODE_LITTLE_ENDIAN)),
      );
}

const wordSize = 4;

/** arm64: a word that Capstone does not know is an instruction nevertheless. */
function decoderOfWords(decode: Decoder): Decoder {
  return (code, address) => {
    const found: Instruction[] = [];
    let at = 0;
    while (at + wordSize <= code.length) {
      const known = decode(code.subarray(at), address + BigInt(at));
      found.push(...known);
      at += known.length * wordSize;
      if (at + wordSize > code.length) break;
      found.push(unknownWord(code.subarray(at, at + wordSize), address + BigInt(at)));
      at += wordSize;
    }
    return found;
  };
}

/** As assemblers write a word of that kind. */
export const unknownInstruction = ".inst";

/** 0 is the instruction that is undefined for good. */
function unknownWord(bytes: Uint8Array, address: bigint): Instruction {
  const word = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const mnemonic = word === 0 ? "udf" : unknownInstruction;
  return { address, size: wordSize, mnemonic, operands: `0x${word.toString(16)}` };
}

function decoderOf(engine: Engine): Decoder {
  return (code, address) => {
    try {
      // Arrays of the other context are no arrays of this one.
      return Array.from(engine.disasm(code, address), (found) => ({
        address: BigInt.asUintN(64, found.address),
        size: found.size,
        mnemonic: found.mnemonic.replaceAll(" ", "_"),
        operands: found.op_str,
      }));
    } catch (error) {
      if (typeof error === "string") return [];
      throw error;
    }
  };
}

/** What the package's own code does to start, without waiting. */
const start = `;MCapstone({
  wasmBinary,
  instantiateWasm(imports, done) {
    const module = new WebAssembly.Module(wasmBinary);
    done(new WebAssembly.Instance(module, imports), module);
  },
}).then((module) => { loaded.capstone = module; }, (error) => { loaded.error = error; });`;

/**
 * The package's code only gives a promise, and probes are looked up while a program is compiled:
 * promises of a context of its own are settled before it returns.
 */
function loadCapstone(): Capstone {
  const path = createRequire(import.meta.url).resolve("@alexaltea/capstone-js");
  const loaded: { capstone?: Capstone; error?: unknown } = {};
  const wasmBinary = readFileSync(path.replace(/\.js$/, ".wasm"));
  const context = createContext({ wasmBinary, loaded }, { microtaskMode: "afterEvaluate" });
  new Script(readFileSync(path, "utf8") + start, { filename: path }).runInContext(context);
  if (!loaded.capstone) throw new Error(`Capstone does not start: ${String(loaded.error)}`);
  return loaded.capstone;
}
