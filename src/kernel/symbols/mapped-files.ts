/** Files that processes have mapped, opened once for all of them, with their symbols. */

import { closeSync, fstatSync, openSync, readFileSync, readSync, statfsSync } from "node:fs";
import { viewMemory } from "../native.ts";
import { type ByteSource, buildIdOf, type ElfFile, PT_LOAD, readElf } from "./elf.ts";
import { hasFullSymbols, readSymbols, type SymbolTable } from "./elf-symbols.ts";
import type { Mapping } from "./process-maps.ts";

/** An ELF file somewhere in memory. */
export interface MappedElf {
  readonly elf: ElfFile;
  /** Read when first asked for. */
  readonly symbols: SymbolTable | undefined;
}

const OVERLAYFS_SUPER_MAGIC = 0x794c_7630;

export class MappedFiles implements Disposable {
  readonly #files = new Map<string, MappedElf | undefined>();
  readonly #descriptors: number[] = [];
  #vdso: { readonly size: bigint; readonly file: MappedElf | undefined } | undefined;

  get count(): number {
    return this.#files.size;
  }

  /** The ELF file of a mapping; `pid` is a process that has or had it. */
  fileOf(mapping: Mapping, pid: number): MappedElf | undefined {
    const { file, path } = mapping;
    if (path === "[vdso]") return this.#vdsoOf(mapping);
    if (file === undefined) return undefined;
    if (this.#files.has(file)) return this.#files.get(file);
    const descriptor = this.#open(mapping, pid);
    const opened = descriptor === undefined ? undefined : elfOf(fileSource(descriptor));
    this.#files.set(file, opened);
    return opened;
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#descriptors.splice(0)) closeSync(descriptor);
    this.#files.clear();
  }

  /** The first path that leads to the very file: it may be deleted, replaced or in a container. */
  #open(mapping: Mapping, pid: number): number | undefined {
    const { start, end, path } = mapping;
    const exact = `/proc/${pid}/map_files/${start.toString(16)}-${end.toString(16)}`;
    for (const candidate of [exact, `/proc/${pid}/root${path}`, `/proc/${pid}/exe`, path]) {
      const descriptor = openRegularFile(candidate);
      if (descriptor === undefined) continue;
      if (candidate === exact || isFileOf(descriptor, candidate, mapping)) {
        this.#descriptors.push(descriptor);
        return descriptor;
      }
      closeSync(descriptor);
    }
    return undefined;
  }

  /** The kernel gives all 64-bit processes the same code: our own stands for it. */
  #vdsoOf({ start, end }: Mapping): MappedElf | undefined {
    this.#vdso ??= ownVdso();
    const isOfCompatibleProcess = end - start !== this.#vdso.size;
    return isOfCompatibleProcess ? undefined : this.#vdso.file;
  }
}

/** What is mapped is data for all we know: opening a device or a pipe could block or act. */
function openRegularFile(path: string): number | undefined {
  try {
    const descriptor = openSync(path, "r");
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch {
    // Gone, or not for us: another path may do.
  }
  return undefined;
}

/** Overlay file systems show other numbers in maps than in stat. */
function isFileOf(descriptor: number, path: string, { file = "" }: Mapping): boolean {
  if (fstatSync(descriptor).ino === Number(file.split(":")[2])) return true;
  return path !== "" && !path.endsWith("/exe") && isOnOverlay(path);
}

function isOnOverlay(path: string): boolean {
  try {
    return statfsSync(path).type === OVERLAYFS_SUPER_MAGIC;
  } catch {
    return false;
  }
}

function fileSource(descriptor: number): ByteSource {
  const { size: fileSize } = fstatSync(descriptor);
  return {
    read(offset, size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(size, fileSize - offset)));
      const count = readSync(descriptor, bytes, 0, bytes.length, offset);
      return bytes.subarray(0, count);
    },
  };
}

function elfOf(source: ByteSource): MappedElf | undefined {
  const elf = readElf(source);
  if (elf === undefined) return undefined;
  const kept: { symbols?: SymbolTable | undefined } = {};
  return {
    elf,
    get symbols() {
      if (!("symbols" in kept)) kept.symbols = readSymbols(debugFileOf(elf) ?? elf);
      return kept.symbols;
    },
  };
}

/** The file that was split off with the full symbols, where it is installed and needed. */
function debugFileOf(elf: ElfFile): ElfFile | undefined {
  if (hasFullSymbols(elf)) return undefined;
  const id = buildIdOf(elf);
  if (id === undefined) return undefined;
  try {
    const path = `/usr/lib/debug/.build-id/${id.slice(0, 2)}/${id.slice(2)}.debug`;
    const debug = readElf(memorySource(readFileSync(path)));
    return debug !== undefined && hasFullSymbols(debug) ? debug : undefined;
  } catch {
    return undefined;
  }
}

function memorySource(bytes: Uint8Array): ByteSource {
  return { read: (offset, size) => bytes.subarray(offset, offset + size) };
}

function ownVdso(): { size: bigint; file: MappedElf | undefined } {
  const line = /^([0-9a-f]+)-([0-9a-f]+) .*\[vdso\]$/m.exec(
    readFileSync("/proc/self/maps", "latin1"),
  );
  if (line === null) return { size: 0n, file: undefined };
  const start = BigInt(`0x${line[1]}`);
  const size = BigInt(`0x${line[2]}`) - start;
  // A copy: the pages are mapped for as long as we live, but views of them are not buffers of ours.
  const bytes = new Uint8Array(viewMemory(start, Number(size))).slice();
  return { size, file: elfOf(memorySource(bytes)) };
}

/**
 * What is added to an address of the file to get the one in memory; undefined for no such part.
 * `others` are mappings of the process, which tell where two parts share a page of the file.
 */
export function loadBias(
  elf: ElfFile,
  mapping: Mapping,
  others: readonly Mapping[],
): bigint | undefined {
  const [only, ...more] = biases(elf, mapping);
  if (more.length === 0) return only;
  const certain = others
    .filter(({ file }) => file === mapping.file)
    .map((other) => biases(elf, other))
    .flatMap((found) => (found.length === 1 ? found : []));
  return [only, ...more].find((bias) => bias !== undefined && certain.includes(bias)) ?? only;
}

/** One for each part of the file that the mapping may be; of executable parts there is one. */
function biases({ segments }: ElfFile, { offset, executable, start }: Mapping): readonly bigint[] {
  const holding = segments.filter(
    (segment) =>
      segment.type === PT_LOAD &&
      offset + pageMask >= segment.offset &&
      offset < segment.offset + Math.max(segment.fileSize, 1),
  );
  const alike = holding.filter((segment) => segment.executable === executable);
  const found = (alike.length > 0 ? alike : holding).map(
    (segment) => start - BigInt(segment.address - segment.offset + offset),
  );
  return [...new Set(found)];
}

/** Whether an address of the file is of one of its parts, zeros behind them included. */
export function hasAddress({ segments }: ElfFile, address: number): boolean {
  return segments.some(
    (segment) =>
      segment.type === PT_LOAD &&
      address >= segment.address &&
      address < segment.address + segment.memorySize,
  );
}

/** Less than the smallest page: a mapping may start up to there before its segment. */
const pageMask = 4_095;
