/** Trees as indented text: on one line where they fit, a line for each child where not. */

export interface SExpression {
  readonly head: string;
  readonly children: readonly SExpression[];
}

const width = 96;

export function formatSExpression(tree: SExpression, indent = ""): string {
  const flat = formatFlat(tree, width - indent.length);
  if (flat !== undefined) return indent + flat;

  const deeper = `${indent}  `;
  const children = tree.children.map((child) => `\n${formatSExpression(child, deeper)}`);
  return `${indent}(${tree.head}${children.join("")})`;
}

/** Undefined where it would be wider than `room`. */
function formatFlat(tree: SExpression, room: number): string | undefined {
  let text = `(${tree.head}`;
  for (const child of tree.children) {
    const part = formatFlat(child, room - text.length - 1);
    if (part === undefined) return undefined;
    text += ` ${part}`;
  }
  text += ")";
  return text.length <= room ? text : undefined;
}
