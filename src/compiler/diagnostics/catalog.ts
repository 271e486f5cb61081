/**
 * Every message the D compiler can give, under the tag DTrace has always given it.
 * Tags are stable: scripts and tests name them (`-xerrtags`, `err.D_TAG.case.d`).
 */

import { checkMessages } from "./catalog-check.ts";
import { actionMessages } from "./catalog-check-actions.ts";
import { codegenMessages } from "./catalog-codegen.ts";
import { declarationMessages } from "./catalog-declaration.ts";
import { macroMessages } from "./catalog-macro.ts";
import { pragmaMessages } from "./catalog-pragma.ts";
import { syntaxMessages } from "./catalog-syntax.ts";

export const catalog = {
  ...syntaxMessages,
  ...macroMessages,
  ...pragmaMessages,
  ...declarationMessages,
  ...checkMessages,
  ...actionMessages,
  ...codegenMessages,
} as const;

export type DiagnosticTag = keyof typeof catalog;
