/** A type's name alone, as in a cast. */

import type { TypeSyntax } from "./ast-declarations.ts";
import { parseDeclarator } from "./parse-declarator.ts";
import { parseSpecifiers } from "./parse-specifiers.ts";
import type { Parser } from "./parser.ts";

export function parseTypeName(parser: Parser): TypeSyntax {
  return parser.nested(() => {
    const { type } = parseSpecifiers(parser, { allowStorage: false });
    return parseDeclarator(parser, type, "abstract").type;
  });
}
