/** The manual page: what stands in man/dtrace.1 by hand, with the options of the option table. */

import { readFileSync } from "node:fs";
import {
  type OptionName,
  optionRow,
  optionTable,
} from "../../src/compiler/options/option-table.ts";
import { defaultText } from "./pages/options-page.ts";

const place = '.\\" options\n';

export function makeManPage(): string {
  const text = readFileSync(new URL("man/dtrace.1", import.meta.url), "utf8");
  const names = (Object.keys(optionTable) as OptionName[]).sort();
  return text.replace(place, () => names.map(itemOf).join(""));
}

function itemOf(name: OptionName): string {
  const row = optionRow(name);
  const { kind, summary } = row;
  const initial = defaultText(row).replaceAll("`", "");
  const value =
    typeof kind === "string" ? ` Ns = Ns Ar ${kind}` : ` Ns = Ns Cm ${kind.join(" | ")}`;
  const sentence = summary.charAt(0).toUpperCase() + summary.slice(1).replaceAll("`", "");
  return [
    `.It Cm ${name}${kind === "flag" ? "" : value}`,
    `${sentence}.`,
    ...(initial === "" || initial === "off" ? [] : [`Default: ${initial}.`]),
    ...(row.withoutEffect ? ["It has no effect here."] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
}
