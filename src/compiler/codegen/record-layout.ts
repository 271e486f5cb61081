/** Plans a clause's record before code is made for it: the ring must be asked for a fixed size. */

import { assertNever } from "../../base/assert-never.ts";
import type {
  CheckedAction,
  CheckedExpression,
  CheckedStatement,
  ClauseBody,
} from "../check/checked-program.ts";
import type {
  Field,
  FieldShape,
  RecordedAction,
  RecordedActionKind,
  RecordLayout,
} from "../enabling.ts";
import { recordHeader } from "../runtime-layout.ts";
import { formatType } from "../types/type-names.ts";
import type { CodegenOptions } from "./options.ts";
import { chargedShape, FieldAllocator, shapeOf } from "./shapes.ts";

export interface RecordPlan {
  readonly layout: RecordLayout;
  /** The clause records something, if only that it fired. */
  readonly recorded: boolean;
  readonly actions: ReadonlyMap<CheckedAction, RecordedAction>;
  /** The number of each statement's first action. */
  readonly indexes: ReadonlyMap<CheckedStatement, number>;
}

const word: FieldShape = { kind: "integer", size: 8, signed: true };
const halfWord: FieldShape = { kind: "integer", size: 4, signed: true };

/** dtrace_rechdr_t of sys/dtrace.h: EPID and time stamp. */
const chargedHeaderSize = 12;

export function planRecord(body: ClauseBody, options: CodegenOptions): RecordPlan {
  const allocator = new FieldAllocator(recordHeader.size);
  const charged = new FieldAllocator(chargedHeaderSize);
  const fixed = (shape: FieldShape): Field => {
    charged.allocate(chargedShape(shape, options));
    return allocator.allocate(shape);
  };
  const allocate: Allocate = {
    field: (expression) => fixed(shapeOf(expression, options)),
    fixed,
    charge: (shape) => charged.allocate(shape),
    pcapsize: options.pcapsize,
  };

  const actions = new Map<CheckedAction, RecordedAction>();
  const indexes = new Map<CheckedStatement, number>();
  let index = 1;
  for (const statement of body.statements) {
    indexes.set(statement, index);
    if (statement.kind === "action") {
      const recorded = planAction(statement.action, allocate);
      if (recorded) actions.set(statement.action, { index, ...recorded });
    }
    index += actionCount(statement);
  }

  // A clause without actions has the default one: to show that it fired.
  const recorded = actions.size > 0 || body.statements.length === 0;
  return {
    recorded,
    actions,
    indexes,
    layout: {
      span: body.span,
      size: recorded ? allocator.size : 0,
      charge: recorded ? charged.end : 0,
      actions: [...actions.values()],
      speculates: body.statements.some(
        (statement) => statement.kind === "action" && statement.action.name === "speculate",
      ),
    },
  };
}

/** DTrace counts each argument of printf() and each component of a key as an action. */
function actionCount(statement: CheckedStatement): number {
  switch (statement.kind) {
    case "evaluate":
      return 1;
    case "aggregate":
      return statement.keys.length + 1;
    case "action":
      return "arguments" in statement.action ? Math.max(1, statement.action.arguments.length) : 1;
    default:
      return assertNever(statement);
  }
}

interface Allocate {
  field(expression: CheckedExpression): Field;
  fixed(shape: FieldShape): Field;
  /** What Solaris records, and here nobody needs to. */
  charge(shape: FieldShape): void;
  /** Bytes of a packet that are kept. */
  readonly pcapsize: number;
}

function planAction(
  action: CheckedAction,
  { field, fixed, charge, pcapsize }: Allocate,
): RecordedActionKind | undefined {
  switch (action.name) {
    case "trace":
      return { name: "trace", value: field(action.value), type: action.value.type };
    case "print":
      return {
        name: "print",
        value: field(action.value),
        type: action.value.type,
        typeName: formatType(action.value.type),
      };
    case "stack":
      return { name: "stack", value: field(action.value) };
    case "tracemem":
      return {
        name: "tracemem",
        value: fixed({ kind: "bytes", size: action.size, type: { kind: "void" } }),
        dynamicSize: action.dynamicSize && fixed(word),
      };
    case "pcap":
      return {
        name: "pcap",
        time: field(action.time),
        length: field(action.length),
        captured: fixed(halfWord),
        protocol: field(action.protocol),
        bytes: fixed({ kind: "bytes", size: pcapsize, type: { kind: "void" } }),
      };
    case "printf":
    case "system":
    case "freopen":
      return { name: action.name, format: action.format, arguments: action.arguments.map(field) };
    case "printa":
      // Which aggregation it is.
      for (const _ of action.aggregations) charge(word);
      return {
        name: "printa",
        format: action.format,
        aggregations: action.aggregations.map(({ id }) => id),
      };
    case "exit":
      return { name: "exit", status: fixed(halfWord) };
    case "commit":
    case "discard":
      return { name: action.name, speculation: fixed(halfWord) };
    case "clear":
    case "denormalize":
      charge(word);
      return { name: action.name, aggregation: action.aggregation.id };
    case "trunc":
      charge(word);
      if (!action.count) charge(word);
      return {
        name: "trunc",
        aggregation: action.aggregation.id,
        count: action.count && fixed(word),
      };
    case "normalize":
      charge(word);
      return { name: "normalize", aggregation: action.aggregation.id, factor: fixed(word) };
    case "setopt":
      return {
        name: "setopt",
        option: action.option,
        value: action.computed ? field(action.computed) : action.value,
      };
    case "ftruncate":
      charge(word);
      return { name: "ftruncate" };
    case "speculate":
    case "stop":
    case "panic":
    case "breakpoint":
    case "raise":
    case "chill":
      return undefined;
    default:
      return assertNever(action);
  }
}
