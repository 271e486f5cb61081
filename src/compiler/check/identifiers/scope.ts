/** The names a program sees: its variables, inlines and enumerators, and what D itself defines. */

import type { StabilityAttributes } from "../../environment.ts";
import type { Library } from "../../library/library-source.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { DType } from "../../types/d-type.ts";
import type { Variable } from "../checked-program.ts";
import type { Operand, ValueOperand } from "../operand.ts";
import { isBuiltinName } from "./builtin-variables.ts";
import { findFunction } from "./functions.ts";

export type NamedEntity = VariableEntry | InlineEntry | ConstantEntry | ParameterEntry;

/** A D variable; its type is known from its declaration or from its first assignment on. */
export interface VariableEntry {
  readonly kind: "variable";
  readonly name: string;
  readonly scope: Variable["scope"];
  shape: "scalar" | "array";
  declared: boolean;
  type: DType | undefined;
  keys: readonly DType[] | undefined;
  /** Set together with the type. */
  variable: Variable | undefined;
}

/** `inline type name = value`, or with `parameters` a function of them. */
export interface InlineEntry {
  readonly kind: "inline";
  readonly name: string;
  readonly type: DType;
  readonly value: Expression;
  /** The value checked where it was defined; undefined where it takes parameters. */
  readonly operand: Operand | undefined;
  readonly parameters: readonly InlineParameter[] | undefined;
  /** Where it stands: undefined for one of the program. */
  readonly library: Library | undefined;
}

export interface InlineParameter {
  readonly name: string | undefined;
  readonly type: DType;
}

/** An enumerator of the program, NULL, or an inline that is a constant. */
export interface ConstantEntry {
  readonly kind: "constant";
  readonly name: string;
  readonly type: DType;
  readonly value: bigint;
  readonly library?: Library | undefined;
}

/** The parameter of an inline or translator, bound to what was given for it. */
export interface ParameterEntry {
  readonly kind: "parameter";
  readonly name: string;
  readonly operand: ValueOperand;
}

type Globals = Map<string, NamedEntity>;
type Stabilities = Map<string, StabilityAttributes>;

export class Scope {
  readonly #program: Globals = new Map();
  readonly #libraries: Globals = new Map();
  #current = this.#program;
  #supply: (name: string) => void = () => undefined;
  readonly #thread = new Map<string, VariableEntry>();
  readonly #clause = new Map<string, VariableEntry>();
  #parameters: ReadonlyMap<string, ParameterEntry> = new Map();
  readonly #programStabilities: Stabilities = new Map();
  readonly #libraryStabilities: Stabilities = new Map();
  readonly #variables: Variable[] = [];
  readonly #isHidden: (name: string) => boolean;

  /** `isHidden`: what D's vocabulary does not have in the program's version of D. */
  constructor(isHidden: (name: string) => boolean) {
    this.#isHidden = isHidden;
  }

  /** In order of id. */
  get variables(): readonly Variable[] {
    return this.#variables;
  }

  get globalNames(): readonly string[] {
    return [...this.#program.keys()];
  }

  /** What `self->` or `this->` may be followed by: variables that have a type. */
  namesIn(scope: "thread" | "clause"): readonly string[] {
    const entries = scope === "thread" ? this.#thread : this.#clause;
    return [...entries.values()].filter(({ variable }) => variable).map(({ name }) => name);
  }

  /** `supply` is told each name that nothing defines yet: it may define it meanwhile. */
  useLibraries(supply: (name: string) => void): void {
    this.#supply = supply;
  }

  /** Programs may hide what libraries define, and libraries see nothing of programs. */
  within<Result>(layer: "program" | "libraries", run: () => Result): Result {
    const outer = this.#current;
    this.#current = layer === "program" ? this.#program : this.#libraries;
    try {
      return run();
    } finally {
      this.#current = outer;
    }
  }

  findGlobal(name: string): NamedEntity | undefined {
    const known = this.#parameters.get(name) ?? this.#current.get(name);
    if (known ?? this.kindOfVocabulary(name)) return known;
    const shared = this.#libraries.get(name);
    if (shared) return shared;
    this.#supply(name);
    return this.#libraries.get(name);
  }

  /** Without what libraries define: a program may use their names for its own things. */
  findOwn(name: string): NamedEntity | undefined {
    return this.#parameters.get(name) ?? this.#current.get(name);
  }

  /** `#pragma D attributes`, which may stand before the definition. */
  declareStability(name: string, stability: StabilityAttributes): void {
    this.#stabilities().set(name, stability);
  }

  #stabilities(): Stabilities {
    const isLibrary = this.#current === this.#libraries;
    return isLibrary ? this.#libraryStabilities : this.#programStabilities;
  }

  /** Undefined where no pragma says: it is that of the value. */
  declaredStability({
    name,
    library,
  }: InlineEntry | ConstantEntry): StabilityAttributes | undefined {
    return (library ? this.#libraryStabilities : this.#programStabilities).get(name);
  }

  define(entity: InlineEntry | ConstantEntry): void {
    this.#current.set(entity.name, entity);
  }

  findVariable(scope: Variable["scope"], name: string): VariableEntry | undefined {
    if (scope !== "global") return (scope === "thread" ? this.#thread : this.#clause).get(name);
    const found = this.#current.get(name) ?? this.#libraries.get(name);
    return found?.kind === "variable" ? found : undefined;
  }

  createVariable(scope: Variable["scope"], name: string): VariableEntry {
    const entry: VariableEntry = {
      kind: "variable",
      name,
      scope,
      shape: "scalar",
      declared: false,
      type: undefined,
      keys: undefined,
      variable: undefined,
    };
    if (scope === "global") this.#current.set(name, entry);
    else (scope === "thread" ? this.#thread : this.#clause).set(name, entry);
    return entry;
  }

  /** Fixes the variable's type for the rest of the program. */
  giveType(entry: VariableEntry, type: DType): Variable {
    const { name, scope, keys } = entry;
    const stabilities = this.#stabilities();
    const variable: Variable = {
      id: this.#variables.length,
      name,
      scope,
      type,
      keys,
      get declaredStability() {
        return scope === "global" ? stabilities.get(name) : undefined;
      },
    };
    this.#variables.push(variable);
    entry.type = type;
    entry.variable = variable;
    return variable;
  }

  /** What D itself calls so. */
  kindOfVocabulary(name: string): string | undefined {
    return this.knowsVocabulary(name) ? kindOfVocabulary(name) : undefined;
  }

  /** Libraries are written for the newest version. */
  knowsVocabulary(name: string): boolean {
    return this.#current === this.#libraries || !this.#isHidden(name);
  }

  /** Runs with these parameters in front of all other names, and no others. */
  withParameters<Result>(parameters: readonly ParameterEntry[], run: () => Result): Result {
    const outer = this.#parameters;
    this.#parameters = new Map(parameters.map((entry) => [entry.name, entry]));
    try {
      return run();
    } finally {
      this.#parameters = outer;
    }
  }
}

/** What messages call the thing; undefined where the name means nothing. */
export function kindOfName(scope: Scope, name: string): string | undefined {
  const entity = scope.findGlobal(name);
  return entity ? kindOfEntity(entity) : scope.kindOfVocabulary(name);
}

/** `kindOfName` for what declares `name`: what libraries call so does not count. */
export function kindOfOwnName(scope: Scope, name: string): string | undefined {
  const entity = scope.findOwn(name);
  return entity ? kindOfEntity(entity) : scope.kindOfVocabulary(name);
}

function kindOfVocabulary(name: string): string | undefined {
  if (isBuiltinName(name) || name === "threadname" || name === "zonename") return "scalar";
  if (name === "args" || name === "regs" || name === "uregs") return "associative array";
  if (name === "self" || name === "this") return "pointer";
  const found = findFunction(name);
  return found?.kind === "action" ? "tracing function" : found?.kind;
}

export function kindOfEntity(entity: NamedEntity): string {
  switch (entity.kind) {
    case "variable":
      return entity.shape === "array" ? "associative array" : "scalar";
    case "inline":
      return entity.parameters ? "associative array" : "scalar";
    case "constant":
      return entity.type.kind === "enum" ? "enumerator" : "scalar";
    case "parameter":
      return "scalar";
  }
}
