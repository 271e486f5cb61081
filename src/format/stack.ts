/** Stacks as blocks of lines, in the form that FlameGraph and its like read. */

import { formatPlace, type NameSource, type StackValue } from "./value.ts";

/** Begins with a newline; each frame is a line. */
export function formatStack(
  { space, process, addresses }: StackValue,
  { names, indent }: { readonly names: NameSource; readonly indent: number },
): string {
  const margin = " ".repeat(indent);
  let text = "\n";
  for (const address of addresses) {
    const place =
      space === "kernel" ? names.kernelPlace(address) : names.userPlace(process, address);
    text += `${margin}${formatPlace(place, address)}\n`;
  }
  return text;
}
