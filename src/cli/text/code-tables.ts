/** What the programs of -S work on: variables, records, maps. */

import type { MapSpec } from "../../bpf/map-spec.ts";
import type { Variable } from "../../compiler/check/checked-program.ts";
import type { Ecb, Field, RecordedAction, RecordLayout } from "../../compiler/enabling.ts";
import { formatType } from "../../compiler/types/type-names.ts";

/** Widths of all columns but the last. */
type Widths = readonly number[];

function table(widths: Widths, rows: readonly (readonly string[])[]): string {
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(" ")
      .trimEnd(),
  );
  return `\n${lines.join("\n")}\n`;
}

const scopes: Readonly<Record<Variable["scope"], string>> = {
  global: "glb",
  thread: "tls",
  clause: "loc",
};

/** The columns that Solaris' -S has. */
export function variablesTable(variables: readonly Variable[]): string {
  if (variables.length === 0) return "";
  const rows = variables.map(({ name, id, scope, type, keys }) => {
    const keyText = keys ? ` [${keys.map(formatType).join(", ")}]` : "";
    const kind = keys ? "arr" : "scl";
    return [name, id.toString(16), kind, scopes[scope], `${formatType(type)}${keyText}`];
  });
  return table([20, 4, 3, 3], [["NAME", "ID", "KND", "SCP", "TYPE"], ...rows]);
}

/** A record's actions, once for all the probes of a clause. */
export function recordsTable(ecbs: readonly Ecb[]): string {
  const epids = new Map<RecordLayout, number[]>();
  for (const { epid, record } of ecbs) {
    const known = epids.get(record);
    if (known) known.push(epid);
    else epids.set(record, [epid]);
  }
  if (epids.size === 0) return "";
  const rows = [...epids].flatMap(([record, ids]) => {
    const head = [rangeText(ids), `${record.size}`, "", "", `record of line ${record.span.line}`];
    return [head, ...record.actions.flatMap(actionRows)];
  });
  return table([12, 6, 6, 5], [["EPID", "BYTES", "OFFSET", "SIZE", "ACTION"], ...rows]);
}

function rangeText(ids: readonly number[]): string {
  const first = Math.min(...ids);
  const last = Math.max(...ids);
  return first === last ? `${first}` : `${first}-${last}`;
}

/** One row a field that is recorded. */
function actionRows(action: RecordedAction): readonly (readonly string[])[] {
  const fields = fieldsOf(action);
  const row = (field: Field | undefined): readonly string[] => [
    "",
    "",
    field ? `${field.offset}` : "",
    field ? `${field.shape.size}` : "",
    field ? `${action.name} ${field.shape.kind}` : action.name,
  ];
  return fields.length > 0 ? fields.map(row) : [row(undefined)];
}

function fieldsOf(action: RecordedAction): readonly Field[] {
  return Object.values(action).flatMap((part: unknown) =>
    (Array.isArray(part) ? part : [part]).filter(isField),
  );
}

const isField = (part: unknown): part is Field =>
  typeof part === "object" && part !== null && "shape" in part && "offset" in part;

export function mapsTable(maps: readonly MapSpec[]): string {
  if (maps.length === 0) return "";
  const rows = maps.map(({ name, type, keySize, valueSize, maxEntries }) => [
    name,
    type,
    `${keySize}`,
    `${valueSize}`,
    `${maxEntries}`,
  ]);
  return table([20, 14, 5, 8], [["MAP", "TYPE", "KEY", "VALUE", "ENTRIES"], ...rows]);
}
