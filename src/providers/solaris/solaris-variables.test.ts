import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { solarisVariable, solarisVariableHint, solarisVariableNames } from "./solaris-variables.ts";

test("COMPATIBILITY.md and the library list the same variables", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  const [, table = ""] = read("../../../COMPATIBILITY.md").split("| Variable | Stands for |");
  const listed = [...(table.split("\n\n")[0] ?? "").matchAll(/^\| `(\w+)` /gm)];
  assert.deepEqual(
    listed.map(([, name]) => name),
    solarisVariableNames.toSorted(),
  );

  const defined = [...read("../../../lib/solaris.d").matchAll(/__solaris_(\w+)[[ ]/g)];
  const definitions = solarisVariableNames.filter(
    (name) => solarisVariable({ module: undefined, name })?.kind === "definition",
  );
  assert.deepEqual(
    defined
      .map(([, name]) => name)
      .filter((name) => name !== "name")
      .toSorted(),
    definitions.toSorted(),
  );
});

test("they are variables of the core kernel alone", () => {
  assert.equal(solarisVariable({ module: "ext4", name: "hz" }), undefined);
  assert.equal(solarisVariableHint({ module: "ext4", name: "hz" }), undefined);
  assert.equal(solarisVariable({ module: "vmlinux", name: "jiffies" }), undefined);
  assert.match(solarisVariableHint({ module: "vmlinux", name: "hz" }) ?? "", /compat=solaris/);
});
