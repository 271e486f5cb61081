/** The aggregations of a program while it is checked. */

import type { TextSpan } from "../../../base/text-span.ts";
import type { DType } from "../../types/d-type.ts";
import type { AggregatingFunction, Aggregation } from "../checked-program.ts";
import type { AggregatingFunctionName } from "../identifiers/functions.ts";

export interface AggregationEntry {
  readonly name: string;
  /** Where it was first assigned. */
  definedAt: TextSpan | undefined;
  functionName: AggregatingFunctionName | undefined;
  /** Set by the first reference with an aggregating function. */
  keys: readonly DType[] | undefined;
  /** Made when all of the above is known; statements share this object. */
  aggregation: MutableAggregation | undefined;
}

export type MutableAggregation = {
  -readonly [Field in keyof Aggregation]: Aggregation[Field];
};

export interface AggregationTable {
  readonly byName: Map<string, AggregationEntry>;
  /** In order of id. */
  readonly defined: Aggregation[];
}

export function aggregationNamed(table: AggregationTable, name: string): AggregationEntry {
  const known = table.byName.get(name);
  if (known) return known;
  const made: AggregationEntry = {
    name,
    definedAt: undefined,
    functionName: undefined,
    keys: undefined,
    aggregation: undefined,
  };
  table.byName.set(name, made);
  return made;
}

/** The aggregation as the checked program has it; ids count from 1 in order of definition. */
export function defineAggregation(
  table: AggregationTable,
  entry: AggregationEntry,
  aggregatingFunction: AggregatingFunction,
): Aggregation {
  if (entry.aggregation) return entry.aggregation;
  entry.aggregation = {
    id: table.defined.length + 1,
    name: entry.name,
    keys: entry.keys ?? [],
    function: aggregatingFunction,
    cleared: false,
  };
  table.defined.push(entry.aggregation);
  return entry.aggregation;
}
