/** The table a benchmark prints: a row a figure, what it is held against, and whether it holds. */

export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly against: string;
  /** Ours divided by the peer's; undefined where there is no peer. */
  readonly ratio: number | undefined;
  readonly wanted: string;
  readonly holds: boolean | undefined;
}

export function formatTable(rows: readonly Row[]): string {
  const cells = [
    ["what", "ours", "against", "ratio", "wanted", ""],
    ...rows.map(({ what, ours, against, ratio, wanted, holds }) => [
      what,
      ours,
      against,
      ratio === undefined ? "" : ratio.toFixed(2),
      wanted,
      holds === undefined ? "" : holds ? "ok" : "MISSED",
    ]),
  ];
  const widths = cells[0]?.map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
