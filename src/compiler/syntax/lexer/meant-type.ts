/**
 * A name that is no type's makes casts and `xlate` unreadable: the grammar tells types and
 * variables apart by name. Finds that name from the place where reading failed.
 */

import type { TextSpan } from "../../../base/text-span.ts";

const name = "([A-Za-z_][A-Za-z0-9_`]*)";

/** What stands before the failing token, and what that begins with. */
const forms: readonly { readonly before: RegExp; readonly at: RegExp }[] = [
  // `(name) value`, but no call
  { before: new RegExp(`(?<![\\w)\\]]\\s*)\\(\\s*${name}\\s*\\)\\s*$`), at: /^[\w"'$@]/ },
  // `(name *) value`
  { before: new RegExp(`\\(\\s*${name}(?:\\s*\\*)+\\s*$`), at: /^\)/ },
];

/** The failing token itself is the name: `xlate <name`, `translator name < name`, `inline name`. */
const places = /(?:\bxlate\s*<|\btranslator(?:\s+\w+\s*<)?|\binline|\boffsetof\s*\()\s*$/;
const atName = new RegExp(`^${name}`);

/** No cast is longer. */
const farthest = 200;

export function findMeantType(text: string, { start }: TextSpan): string | undefined {
  const before = text.slice(Math.max(0, start - farthest), start);
  const rest = text.slice(start, start + farthest);
  if (places.test(before)) return atName.exec(rest)?.[1];
  for (const form of forms) {
    const found = form.at.test(rest) ? form.before.exec(before)?.[1] : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
