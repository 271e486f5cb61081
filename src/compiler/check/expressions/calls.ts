/** Calls: subroutines give values; actions and aggregating functions are for statements. */

import type { CallExpression } from "../../syntax/ast.ts";
import { stringType, voidType } from "../../types/base-types.ts";
import type { DType, SymbolForm } from "../../types/d-type.ts";
import { isStringCompatible } from "../../types/type-queries.ts";
import { stackTypeOf } from "../actions/stacks.ts";
import type { CheckedExpression } from "../checked-program.ts";
import { type Checker, fail, failWithHint } from "../checker.ts";
import { castTo, convert, decay } from "../conversions.ts";
import { resolveTypeText } from "../declarations/type-text.ts";
import { hintForFunction } from "../hints.ts";
import {
  type ActionName,
  destructiveFunctions,
  type FoundFunction,
  findFunction,
} from "../identifiers/functions.ts";
import { checkPrototype, parsePrototype } from "../identifiers/prototypes.ts";
import { kindOfEntity, kindOfName } from "../identifiers/scope.ts";
import { constantOf, type Operand, valueOperand } from "../operand.ts";
import { checkExpression, requireValue } from "./expression.ts";

export function checkCall(checker: Checker, node: CallExpression): Operand {
  const { span } = node;
  const found = findCallee(checker, node);
  const operands = node.arguments.map((argument) => checkExpression(checker, argument));
  const prototype = parsePrototype(found.prototype);
  const { name } = found;
  const types = checkPrototype(checker, { span, name, prototype, arguments: operands });
  if (destructiveFunctions.has(name)) checker.destructive = true;

  switch (found.kind) {
    case "aggregating function":
      return { kind: "aggregating", span, name: found.name, arguments: operands };
    case "action":
      return {
        kind: "action",
        span,
        name: found.name,
        arguments: operands,
        type: actionType(checker, found.name, operands),
      };
    case "function": {
      const type = resolveTypeText(checker, prototype.returns);
      const values = operands.map((operand, index) =>
        argumentValue(checker, operand, types[index]),
      );
      const { name: subroutine } = found;
      return valueOperand({ kind: "call", span, type, subroutine, arguments: values });
    }
  }
}

function findCallee(checker: Checker, { callee }: CallExpression): FoundFunction {
  const { name, span } = callee;
  if (callee.scope !== undefined) return fail("D_FUNC_UNDEF", span, `${callee.scope}\`${name}`);
  const entity = checker.scope.findGlobal(name);
  if (entity) return fail("D_FUNC_IDKIND", span, kindOfEntity(entity), name);
  const found = checker.scope.knowsVocabulary(name) ? findFunction(name) : undefined;
  if (found) return found;
  const kind = kindOfName(checker.scope, name);
  if (kind !== undefined) return fail("D_FUNC_IDKIND", span, kind, name);
  return failWithHint(hintForFunction(name), "D_FUNC_UNDEF", span, name);
}

function actionType(checker: Checker, name: ActionName, operands: readonly Operand[]): DType {
  switch (name) {
    case "stack":
    case "ustack":
    case "jstack":
      return stackTypeOf(checker, name, operands);
    case "sym":
    case "func":
    case "mod":
    case "usym":
    case "ufunc":
    case "umod":
    case "uaddr":
      return { kind: "symbol", form: name satisfies SymbolForm };
    default:
      return voidType;
  }
}

/** Characters are handed over as a string, by value; NULL stays what it is. */
function argumentValue(
  checker: Checker,
  operand: Operand,
  type: DType | undefined,
): CheckedExpression {
  const value = requireValue(operand);
  if (type === undefined) return decay(checker.universe, value);
  if (!isStringCompatible(type)) return castTo(checker.universe, value, type);
  return constantOf(operand) === 0n ? value : convert(checker.universe, value, stringType);
}
