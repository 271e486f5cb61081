/** What a process has mapped where: /proc/PID/maps. */

import { readFileSync } from "node:fs";

export interface Mapping {
  readonly start: bigint;
  readonly end: bigint;
  readonly executable: boolean;
  /** Of the file's bytes at `start`. */
  readonly offset: number;
  /** `major:minor:inode`; undefined for what is no file. */
  readonly file: string | undefined;
  /** Of a file, or a name in brackets, or empty. */
  readonly path: string;
  readonly isDeleted: boolean;
}

/** Empty for a process that has ended or that may not be looked at. */
export function readMappings(pid: number): readonly Mapping[] {
  try {
    return parseMappings(readFileSync(`/proc/${pid}/maps`, "utf8"));
  } catch {
    return [];
  }
}

const line = /^([0-9a-f]+)-([0-9a-f]+) ..(.). ([0-9a-f]+) ([0-9a-f]+):([0-9a-f]+) (\d+) *(.*)$/gm;
const deleted = " (deleted)";

export function parseMappings(text: string): readonly Mapping[] {
  return Array.from(text.matchAll(line), (match) => {
    const [, start = "", end = "", execute, offset = "", major = "", minor = "", inode = ""] =
      match;
    return {
      start: BigInt(`0x${start}`),
      end: BigInt(`0x${end}`),
      executable: execute === "x",
      offset: Number.parseInt(offset, 16),
      file:
        inode === "0"
          ? undefined
          : fileId(Number.parseInt(major, 16), Number.parseInt(minor, 16), inode),
      ...splitDeleted(unescapePath(match[8] ?? "")),
    };
  });
}

export function fileId(major: number, minor: number, inode: string | bigint): string {
  return `${major}:${minor}:${inode}`;
}

/** The kernel's name of a file, which says so where the file is deleted. */
export function splitDeleted(name: string): Pick<Mapping, "path" | "isDeleted"> {
  const isDeleted = name.endsWith(deleted);
  return { path: isDeleted ? name.slice(0, -deleted.length) : name, isDeleted };
}

/** The kernel writes a line feed in a name as `\012`. */
const unescapePath = (path: string): string => path.replaceAll("\\012", "\n");

/** The mapping around an address; they are sorted and do not overlap. */
export function mappingAt(mappings: readonly Mapping[], address: bigint): number {
  const index = mappingBelow(mappings, address);
  return address < (mappings[index]?.end ?? 0n) ? index : -1;
}

/** The last that starts at or below an address; -1 where there is none. */
export function mappingBelow(mappings: readonly Mapping[], address: bigint): number {
  let low = 0;
  let high = mappings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((mappings[middle]?.start ?? 0n) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * What is mapped now, and files that were mapped before where nothing is now: addresses recorded
 * before an exec or an unmapping keep their names.
 */
export function mergeMappings(
  current: readonly Mapping[],
  earlier: readonly Mapping[],
): readonly Mapping[] {
  const sorted = current.toSorted(byStart);
  const gone = earlier.filter((mapping) => mapping.path !== "" && !overlapsAny(sorted, mapping));
  return gone.length === 0 ? sorted : [...sorted, ...gone].sort(byStart);
}

const byStart = (left: Mapping, right: Mapping): number => (left.start < right.start ? -1 : 1);

/** The first that ends after the start is the only one that needs a look. */
function overlapsAny(sorted: readonly Mapping[], { start, end }: Mapping): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.end ?? 0n) <= start) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  return next !== undefined && next.start < end;
}
