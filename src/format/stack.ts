/** Stacks as blocks of lines, in the form that FlameGraph and its like read. */

import { formatPlace, type NameSource, type StackValue } from "./value.ts";

export interface StackLayout {
  readonly names: NameSource;
  /** Spaces before each frame: `stackindent`, or what `%k` asks for. */
  readonly indent: number;
  /** The column a frame's text is put in; its text as it is where left out. */
  readonly pad?: (text: string) => string;
}

const asItIs = (text: string): string => text;

/** Begins with a newline; each frame is a line, and so is a note on it. */
export function formatStack(
  { space, process, addresses, strings }: StackValue,
  { names, indent, pad = asItIs }: StackLayout,
): string {
  const margin = " ".repeat(indent);
  let text = "\n";
  for (const [frame, address] of addresses.entries()) {
    const place =
      space === "kernel" ? names.kernelPlace(address) : names.userPlace(process, address);
    const string = strings?.[frame] ?? "";
    const isNote = string.startsWith("@");
    const shown =
      place === undefined && string !== "" && !isNote ? string : formatPlace(place, address);
    text += `${margin}${pad(shown)}\n`;
    if (isNote) text += `${margin}${pad(`  [ ${string.slice(1)} ]`)}\n`;
  }
  return text;
}
