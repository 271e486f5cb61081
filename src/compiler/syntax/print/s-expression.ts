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

/** A node a line, each below its parent and further in. */
export function formatOutline({ head, children }: SExpression, indent = ""): string {
  const deeper = `${indent}  `;
  return `${indent}${head}\n${children.map((child) => formatOutline(child, deeper)).join("")}`;
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
