/** Types as DTrace writes them in messages, listings and print(): C's abstract declarators. */

import { assertNever } from "../../base/assert-never.ts";
import type { DType, FunctionType } from "./d-type.ts";

export function formatType(type: DType): string {
  return declare(type, "");
}

/** `int x[4]` from the type and `x`; an empty declarator gives the bare type. */
export function declare(type: DType, declarator: string): string {
  switch (type.kind) {
    case "pointer":
      return declarePointer(type.to(), declarator);
    case "array":
      return declare(type.element(), `${declarator}[${type.length || ""}]`);
    case "function":
      return declare(type.returns(), `${declarator}(${parameterList(type)})`);
    case "qualified":
      return declareQualified(type.qualifier, type.to(), declarator);
    default:
      return declarator === "" ? simpleName(type) : `${simpleName(type)} ${declarator}`;
  }
}

function declarePointer(to: DType, declarator: string): string {
  const pointer = `*${declarator}`;
  const inner = to.kind === "array" || to.kind === "function" ? `(${pointer})` : pointer;
  return declare(to, inner);
}

function declareQualified(qualifier: string, to: DType, declarator: string): string {
  if (to.kind === "pointer") {
    const qualified = declarator === "" ? qualifier : `${qualifier} ${declarator}`;
    return declarePointer(to.to(), ` ${qualified}`);
  }
  return `${qualifier} ${declare(to, declarator)}`;
}

function parameterList(type: FunctionType): string {
  const parameters = type.parameters().map(formatType);
  if (type.variadic) parameters.push("...");
  return parameters.join(", ");
}

type SimpleType = Exclude<DType, { kind: "pointer" | "array" | "function" | "qualified" }>;

function simpleName(type: SimpleType): string {
  switch (type.kind) {
    case "void":
    case "string":
    case "stack":
      return type.kind;
    case "integer":
    case "float":
    case "typedef":
      return type.name;
    case "enum":
    case "struct":
    case "union":
      return `${type.kind} ${type.name ?? "(anon)"}`;
    case "forward":
      return `${type.tag} ${type.name}`;
    case "symbol":
      return type.form.startsWith("u") ? "_usymaddr" : "_symaddr";
    case "dynamic":
      return "dynamic variable";
    default:
      return assertNever(type);
  }
}
