/** The kernel's code as it is now: read from its memory, /proc/kcore. */

import { closeSync, openSync, readSync } from "node:fs";

export interface KernelText extends Disposable {
  /** Up to the end of what lies around the address; undefined where nothing does. */
  read(address: bigint, size: number): Uint8Array | undefined;
}

export const kernelMemory = "/proc/kcore";

interface Segment {
  readonly address: bigint;
  readonly size: bigint;
  readonly offset: bigint;
}

const magic = 0x7f45_4c46;
const PT_LOAD = 1;
const headerSize = 64;
/** Where a file header of 64 bits says where its segments are, how large each entry is, how many. */
const header = { programs: 32, entrySize: 54, count: 56 } as const;
const program = { type: 0, offset: 8, address: 16, fileSize: 32, size: 56 } as const;

/** Undefined where there is no such file, or nobody may read it. */
export function openKernelText(path: string = kernelMemory): KernelText | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch {
    return undefined;
  }
  const segments = readSegments(descriptor);
  return {
    read(address, size) {
      const segment = segments.find(
        (each) => address >= each.address && address < each.address + each.size,
      );
      if (!segment) return undefined;
      const start = address - segment.address;
      const left = Number(segment.size - start);
      return readAt(descriptor, segment.offset + start, Math.min(size, left));
    },
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}

function readSegments(descriptor: number): readonly Segment[] {
  const bytes = readAt(descriptor, 0n, headerSize);
  if (!bytes || viewOf(bytes).getUint32(0) !== magic) return [];
  const view = viewOf(bytes);
  const entrySize = view.getUint16(header.entrySize, true);
  const count = view.getUint16(header.count, true);
  const table = readAt(descriptor, view.getBigUint64(header.programs, true), entrySize * count);
  if (!table || entrySize < program.size) return [];
  return Array.from({ length: count }, (_, index) =>
    viewOf(table.subarray(index * entrySize, (index + 1) * entrySize)),
  )
    .filter((entry) => entry.getUint32(program.type, true) === PT_LOAD)
    .map((entry) => ({
      address: entry.getBigUint64(program.address, true),
      size: entry.getBigUint64(program.fileSize, true),
      offset: entry.getBigUint64(program.offset, true),
    }));
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, byteLength);

function readAt(descriptor: number, offset: bigint, size: number): Uint8Array | undefined {
  const bytes = new Uint8Array(size);
  for (let done = 0; done < size; ) {
    const count = readOnce(descriptor, bytes.subarray(done), offset + BigInt(done));
    if (count === 0) return undefined;
    done += count;
  }
  return bytes;
}

function readOnce(descriptor: number, into: Uint8Array, offset: bigint): number {
  try {
    return readSync(descriptor, into, 0, into.length, offset);
  } catch {
    return 0;
  }
}
