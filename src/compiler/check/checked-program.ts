/**
 * The program after checking: names bound, every expression typed, conversions explicit, inlines
 * and translators expanded, constants folded, if/else split into clauses. What code generation
 * reads; it finds no error here that the user could have made, save running out of resources.
 */

import type { TextSpan } from "../../base/text-span.ts";
import type { FormatPlan } from "../../format/printf-plan.ts";
import type { Probe, ProbePattern, ProbeStability, StabilityAttributes } from "../environment.ts";
import type { DType, Member, SymbolForm } from "../types/d-type.ts";

export interface CheckedProgram {
  /** In program order. A probe fires the clauses that list it in this order. */
  readonly clauses: readonly CheckedClause[];
  readonly variables: readonly Variable[];
  readonly aggregations: readonly Aggregation[];
  /** From `#pragma D option`, in order; `value` undefined where none was given. */
  readonly options: readonly ProgramOption[];
  /** Some action needs `-w`. */
  readonly destructive: boolean;
}

export interface ProgramOption {
  readonly name: string;
  readonly value: string | undefined;
  readonly span: TextSpan;
}

/**
 * One probe description with the body it enables. Descriptions of one comma list share one body
 * object (unless `args[]` types differ), and each enables it on its own: a probe that two of them
 * match fires the body twice.
 */
export interface CheckedClause {
  /** The description as written; the probe's own fields where it is named by its number. */
  readonly pattern: ProbePattern;
  readonly probes: readonly Probe[];
  readonly body: ClauseBody;
  /** What `#pragma D attributes` said before it of the provider that is described. */
  readonly providerStability?: Partial<ProbeStability> | undefined;
}

export interface ClauseBody {
  readonly span: TextSpan;
  readonly predicate: CheckedExpression | undefined;
  readonly statements: readonly CheckedStatement[];
  /**
   * The pieces of a clause with if/else carry the number of that source clause here, in order: a
   * fault in one piece skips the later ones. Undefined for an ordinary clause.
   */
  readonly pieceOf: number | undefined;
}

export interface Variable {
  readonly id: number;
  readonly name: string;
  readonly scope: "global" | "thread" | "clause";
  readonly type: DType;
  /** The key types of an associative array; undefined for a scalar. */
  readonly keys: readonly DType[] | undefined;
  /** What `#pragma D attributes` says of it, wherever that stands. */
  readonly declaredStability: StabilityAttributes | undefined;
}

export interface Aggregation {
  /** From 1, in order of first use. */
  readonly id: number;
  /** Without `@`; `_` for the nameless one. */
  readonly name: string;
  readonly keys: readonly DType[];
  readonly function: AggregatingFunction;
  /** A `clear()` or `trunc()` of it stands in the program. */
  readonly cleared: boolean;
}

export type AggregatingFunction =
  | { readonly name: "count" | "sum" | "avg" | "min" | "max" | "stddev" | "quantize" }
  | {
      readonly name: "lquantize";
      readonly base: number;
      readonly limit: number;
      readonly step: number;
    }
  | {
      readonly name: "llquantize";
      readonly factor: number;
      readonly low: number;
      readonly high: number;
      readonly steps: number;
    };

export type CheckedStatement =
  /** Evaluated for its effect; records nothing. */
  | { readonly kind: "evaluate"; readonly span: TextSpan; readonly expression: CheckedExpression }
  | {
      readonly kind: "aggregate";
      readonly span: TextSpan;
      readonly aggregation: Aggregation;
      readonly keys: readonly CheckedExpression[];
      /** 64-bit signed; undefined for count(). */
      readonly value: CheckedExpression | undefined;
      /** What quantize and its kin add to the bucket; 1 where undefined. */
      readonly increment: CheckedExpression | undefined;
    }
  | { readonly kind: "action"; readonly span: TextSpan; readonly action: CheckedAction };

export type CheckedAction =
  | { readonly name: "trace"; readonly value: CheckedExpression }
  | {
      readonly name: "tracemem";
      readonly address: CheckedExpression;
      readonly size: number;
      readonly dynamicSize: CheckedExpression | undefined;
    }
  /** A packet: when, where it begins, how much of it lies there and how long it is as a whole. */
  | {
      readonly name: "pcap";
      readonly time: CheckedExpression;
      readonly start: CheckedExpression;
      readonly available: CheckedExpression;
      readonly length: CheckedExpression;
      /** The capture file's link type. */
      readonly protocol: CheckedExpression;
    }
  /** `value` is a structure's location, or a scalar; printed by its type. */
  | { readonly name: "print"; readonly value: CheckedExpression }
  | {
      readonly name: "printf" | "system" | "freopen";
      readonly format: FormatPlan;
      readonly arguments: readonly CheckedExpression[];
    }
  | {
      readonly name: "printa";
      readonly format: FormatPlan | undefined;
      readonly aggregations: readonly Aggregation[];
    }
  /** `stack()` and `ustack()` as statements; `value.type` is a StackType. */
  | { readonly name: "stack"; readonly value: CheckedExpression }
  | { readonly name: "exit"; readonly status: CheckedExpression }
  | { readonly name: "speculate" | "commit" | "discard"; readonly speculation: CheckedExpression }
  | { readonly name: "clear" | "denormalize"; readonly aggregation: Aggregation }
  | {
      readonly name: "trunc";
      readonly aggregation: Aggregation;
      readonly count: CheckedExpression | undefined;
    }
  | {
      readonly name: "normalize";
      readonly aggregation: Aggregation;
      readonly factor: CheckedExpression;
    }
  | {
      readonly name: "setopt";
      readonly option: string;
      readonly value: string | undefined;
      /** A string that is recorded where the value is no constant; `value` is undefined then. */
      readonly computed: CheckedExpression | undefined;
    }
  | { readonly name: "ftruncate" | "stop" | "panic" | "breakpoint" }
  | { readonly name: "raise" | "chill"; readonly value: CheckedExpression };

/**
 * An expression with its type. Integers and pointers are 64-bit values kept extended according to
 * their type; structures and arrays are locations. Where an operand's type had to change, a `cast`
 * stands in the tree. Pointer arithmetic is already scaled to bytes.
 */
export type CheckedExpression = {
  readonly span: TextSpan;
  readonly type: DType;
  /** What `#pragma D attributes` says of the inline it comes from: its parts do not count. */
  readonly declaredStability?: StabilityAttributes | undefined;
} & ExpressionKind;

/** What may stand left of an assignment, or under `&`. */
export type CheckedLocation = CheckedExpression &
  (
    | VariableReference
    | ElementReference
    | SymbolReference
    | Dereference
    | MemberAccess
    | IndexAccess
  );

export interface VariableReference {
  readonly kind: "variable";
  readonly variable: Variable;
}

export interface ElementReference {
  readonly kind: "element";
  readonly variable: Variable;
  readonly keys: readonly CheckedExpression[];
}

/** A kernel variable at a fixed address. */
export interface SymbolReference {
  readonly kind: "symbol";
  readonly module: string;
  readonly name: string;
  readonly address: bigint;
}

export interface Dereference {
  readonly kind: "dereference";
  readonly pointer: CheckedExpression;
}

/** `a->b` is a member of a dereference. `object` is a structure's location. */
export interface MemberAccess {
  readonly kind: "member";
  readonly object: CheckedExpression;
  /** Anonymous members on the way are resolved: the offset is from the start of `object`. */
  readonly member: Member;
}

/** An element of an array location; indexing a pointer is a dereference. */
export interface IndexAccess {
  readonly kind: "index";
  readonly array: CheckedExpression;
  readonly index: CheckedExpression;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "&" | "|" | "^" | "<<" | ">>";
export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export type ExpressionKind =
  | { readonly kind: "integer"; readonly value: bigint }
  | { readonly kind: "string-literal"; readonly text: string }
  | { readonly kind: "builtin"; readonly name: BuiltinName }
  /** `args[n]`: raw argument `source` with this expression's type. */
  | { readonly kind: "argument"; readonly source: number }
  /** `uregs[n]` */
  | { readonly kind: "user-register"; readonly index: CheckedExpression }
  /** `regs[n]`: what the context of the probe has there. */
  | { readonly kind: "probe-register"; readonly register: number }
  | VariableReference
  | ElementReference
  | SymbolReference
  | Dereference
  | MemberAccess
  | IndexAccess
  | { readonly kind: "address-of"; readonly operand: CheckedLocation }
  | {
      readonly kind: "unary";
      readonly operator: "-" | "~" | "!";
      readonly operand: CheckedExpression;
    }
  /** Computed in `type`; both operands have it already (a shift's right side keeps its own). */
  | {
      readonly kind: "arithmetic";
      readonly operator: ArithmeticOperator;
      readonly left: CheckedExpression;
      readonly right: CheckedExpression;
    }
  | {
      readonly kind: "comparison";
      readonly operator: ComparisonOperator;
      /** How the operands are compared; both are strings for `string`. */
      readonly by: "signed" | "unsigned" | "string";
      readonly left: CheckedExpression;
      readonly right: CheckedExpression;
    }
  | {
      readonly kind: "logical";
      readonly operator: "&&" | "||" | "^^";
      readonly left: CheckedExpression;
      readonly right: CheckedExpression;
    }
  | {
      readonly kind: "conditional";
      readonly condition: CheckedExpression;
      readonly whenTrue: CheckedExpression;
      readonly whenFalse: CheckedExpression;
    }
  /** `target = value`; a compound assignment has its arithmetic in `operator`. */
  | {
      readonly kind: "assign";
      readonly target: CheckedLocation;
      readonly operator: ArithmeticOperator | undefined;
      readonly value: CheckedExpression;
    }
  | {
      readonly kind: "increment";
      readonly target: CheckedLocation;
      /** 1 or the size of what a pointer points to, negative for `--`. */
      readonly by: bigint;
      readonly gives: "old" | "new";
    }
  /** Integer, enum or pointer to another of these. */
  | {
      readonly kind: "cast";
      readonly operand: CheckedExpression;
      /** Of the type only: all 64 bits of the number stay. */
      readonly isImplicit?: true;
    }
  /** To `string`: from an address of characters or from a character array's location. */
  | { readonly kind: "to-string"; readonly operand: CheckedExpression }
  | {
      readonly kind: "call";
      readonly subroutine: SubroutineName;
      readonly arguments: readonly CheckedExpression[];
    }
  /** `stack(n)`, `ustack(n)`; the type says which. */
  | { readonly kind: "stack" }
  /** `sym(a)` and its like. */
  | { readonly kind: "symbol-of"; readonly form: SymbolForm; readonly address: CheckedExpression }
  | {
      readonly kind: "comma";
      readonly first: CheckedExpression;
      readonly second: CheckedExpression;
    };

export type BuiltinName =
  | `arg${0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`
  | "caller"
  | "cpu"
  | "curthread"
  | "epid"
  | "errno"
  | "execargs"
  | "execname"
  | "gid"
  | "id"
  | "ipl"
  | "pid"
  | "ppid"
  | "probefunc"
  | "probemod"
  | "probename"
  | "probeprov"
  | "stackdepth"
  | "tid"
  | "timestamp"
  | "ucaller"
  | "uid"
  | "ustackdepth"
  | "vtimestamp"
  | "walltimestamp";

export type SubroutineName =
  | "alloca"
  | "basename"
  | "bcopy"
  | "biofile"
  | "biosize"
  | "cleanpath"
  | "copyin"
  | "copyinstr"
  | "copyinto"
  | "copyout"
  | "copyoutstr"
  | "d_path"
  | "dentrypath"
  | "dirname"
  | "filepath"
  | "getf"
  | "getmajor"
  | "getminor"
  | "htonl"
  | "htonll"
  | "htons"
  | "index"
  | "inet_ntoa"
  | "inet_ntoa6"
  | "inet_ntop"
  | "link_ntop"
  | "json"
  | "lltostr"
  | "mutex_owned"
  | "mutex_owner"
  | "mutex_type_adaptive"
  | "mutex_type_spin"
  | "ntohl"
  | "ntohll"
  | "ntohs"
  | "progenyof"
  | "rand"
  | "rindex"
  | "rw_iswriter"
  | "rw_read_held"
  | "rw_write_held"
  | "speculation"
  | "strchr"
  | "strjoin"
  | "strlen"
  | "strrchr"
  | "strstr"
  | "strtok"
  | "strtoll"
  | "substr"
  | "tolower"
  | "toupper";
