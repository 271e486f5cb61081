/** Names of a system that never changes: two kernel functions, a module, a process and its library. */

import type { NameSource, Place } from "../../src/format/value.ts";

const kernel: readonly (readonly [start: bigint, size: bigint, module: string, symbol?: string])[] =
  [
    [0xffffffff81000000n, 0x100n, "vmlinux", "vfs_read"],
    [0xffffffff81000100n, 0x100n, "vmlinux", "ksys_read"],
    [0xffffffffc0000000n, 0x1000n, "ext4"],
  ];

const library: readonly (readonly [
  start: bigint,
  size: bigint,
  module: string,
  symbol?: string,
])[] = [
  [0x7f0000001000n, 0x80n, "libc.so.6", "read"],
  [0x7f0000002000n, 0x1000n, "libc.so.6"],
];

function placeIn(table: typeof kernel, address: bigint): Place | undefined {
  const row = table.find(([start, size]) => address >= start && address < start + size);
  return row && { module: row[2], symbol: row[3], offset: address - row[0] };
}

export const fixedNames: NameSource = {
  kernelPlace: (address) => placeIn(kernel, address),
  userPlace: (process, address) => (process === 7 ? placeIn(library, address) : undefined),
  hostName: (address) => address,
  portName: String,
};
