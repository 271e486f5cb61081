/** `probefunc` and its kin as text: a constant where one probe is served, else from a table. */

import type { Probe } from "../../environment.ts";
import { mapNames } from "../../runtime-layout.ts";
import type { Enabling, Firing } from "../firing/firing.ts";
import type { ProbeNameBuiltin } from "../shapes.ts";
import type { StringOperand } from "./operand.ts";
import { encodeText } from "./text.ts";

/** DTrace's limits of the four names, the NUL included. */
const parts = {
  probeprov: { key: "provider", offset: 0, size: 64 },
  probemod: { key: "module", offset: 64, size: 64 },
  probefunc: { key: "function", offset: 128, size: 192 },
  probename: { key: "name", offset: 320, size: 64 },
} as const;

const entrySize = 384;

export function probeNameText(firing: Firing, name: ProbeNameBuiltin): StringOperand {
  const { emitter, identity, enabling } = firing;
  const part = parts[name];
  if (identity.probe) return { kind: "literal", bytes: encodeText(identity.probe[part.key]) };

  addTable(enabling);
  const key = emitter.frameAddress(emitter.temporary(4));
  emitter.store(key, 0, 4, emitter.add(identity.member, BigInt(identity.firstRow)));
  const base = emitter.call("bpf_map_lookup_elem", emitter.map(mapNames.probeNames), key);
  const memory = { base, offset: part.offset };
  return { kind: "memory", memory, size: part.size, nullable: true };
}

/** One row a probe, in the order in which groups list their members. */
function addTable({ maps, rows }: Enabling): void {
  if (maps.has(mapNames.probeNames)) return;
  const contents = new Uint8Array(rows.length * entrySize);
  for (const [row, probe] of rows.entries()) writeNames(contents, row * entrySize, probe);
  maps.add({
    name: mapNames.probeNames,
    type: "array",
    keySize: 4,
    valueSize: entrySize,
    maxEntries: rows.length,
    flags: ["read-only-program"],
    contents,
  });
}

function writeNames(contents: Uint8Array, start: number, probe: Probe): void {
  for (const { key, offset, size } of Object.values(parts)) {
    contents.set(encodeText(probe[key]).subarray(0, size - 1), start + offset);
  }
}
