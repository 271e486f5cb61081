/** The page of the language, with D's words and operators from the tables of the compiler. */

import { keywords } from "../../../src/compiler/syntax/lexer/token.ts";
import { binaryLevels } from "../../../src/compiler/syntax/parse-expression.ts";
import { standardTypedefs } from "../../../src/compiler/types/base-types.ts";
import { makeChapter } from "../chapter.ts";
import { code } from "../markdown.ts";
import type { Run } from "../run-example.ts";

const levelWords: Readonly<Record<string, string>> = {
  "*": "product, quotient, remainder",
  "+": "sum, difference; of a pointer in elements",
  "<<": "shifts",
  "<": "comparisons",
  "==": "equal, not equal",
  "&": "bits of both",
  "^": "bits of one",
  "|": "bits of any",
  "&&": "both are true",
  "^^": "one of both is true",
  "||": "any is true",
};

export function makeLanguagePage(run: Run): Promise<string> {
  const operators = binaryLevels
    .toReversed()
    .map((level) => `| ${level.map(code).join(", ")} | ${levelWords[level[0] ?? ""] ?? ""} |\n`);
  return makeChapter("language.md", run, {
    keywords: `${[...keywords].sort().map(code).join(", ")}.\n`,
    operators: operators.join(""),
    typedefs: [...standardTypedefs.keys()].map(code).join(", "),
  });
}
