/** The rules of the source tree that no compiler checks: layers, sizes, state. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { test } from "node:test";

/** A layer may import itself and what stands here. */
const layers: Record<string, readonly string[]> = {
  base: [],
  bpf: ["base"],
  btf: ["base"],
  format: ["base", "btf"],
  compiler: ["base", "bpf", "btf", "format"],
  "language-service": ["base", "btf", "compiler"],
  kernel: ["base", "bpf", "btf"],
  providers: ["base", "bpf", "btf", "compiler", "kernel"],
  consumer: ["base", "bpf", "btf", "format", "compiler", "kernel", "providers"],
  cli: ["base", "bpf", "btf", "format", "compiler", "kernel", "providers", "consumer"],
};

/** Layers that run anywhere, a browser included. */
const pure = ["base", "bpf", "btf", "format", "compiler", "language-service"];

const maximumLines = 500;
const maximumFilesInFolder = 15;

const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ path: name, text: readFileSync(join("src", name), "utf8") }));

const products = sources.filter(({ path }) => !path.endsWith(".test.ts"));

const layerOf = (path: string): string => path.split("/")[0] ?? "";

const importPattern =
  /^(?:import|export)\b[^"]*?from\s*"([^"]+)"|^import\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;

const importsOf = (text: string): readonly string[] =>
  [...text.matchAll(importPattern)].map(([, from, plain, called]) => from ?? plain ?? called ?? "");

test("every folder of src is a layer with rules", () => {
  const folders = new Set(
    products.filter(({ path }) => path.includes("/")).map(({ path }) => layerOf(path)),
  );
  assert.deepEqual(
    [...folders].filter((folder) => !(folder in layers)),
    [],
  );
});

test("imports point down the layers", () => {
  const wrong = products.flatMap(({ path, text }) => {
    const own = layerOf(path);
    const allowed = [own, ...(layers[own] ?? [])];
    return importsOf(text)
      .filter((target) => target.startsWith("."))
      .map((target) => normalize(join(dirname(path), target)))
      .filter((target) => !allowed.includes(layerOf(target)))
      .map((target) => `${path} imports ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test("the pure layers import no module of Node's and no package", () => {
  const wrong = products
    .filter(({ path }) => pure.includes(layerOf(path)))
    .flatMap(({ path, text }) =>
      importsOf(text)
        .filter((target) => !target.startsWith("."))
        .map((target) => `${path} imports ${target}`),
    );
  assert.deepEqual(wrong, []);
});

test("koffi stands behind one file", () => {
  const users = products.filter(({ text }) => /["']koffi["']/.test(text)).map(({ path }) => path);
  assert.deepEqual(users, ["kernel/native.ts"]);
});

test(`no file has more than ${maximumLines} lines`, () => {
  const long = sources
    .filter(({ path }) => !path.endsWith(".generated.ts"))
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ lines }) => lines > maximumLines);
  assert.deepEqual(long, []);
});

test(`no folder has more than ${maximumFilesInFolder} source files`, () => {
  const counts = new Map<string, number>();
  for (const { path } of products) {
    const folder = dirname(path);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  assert.deepEqual(
    [...counts].filter(([, count]) => count > maximumFilesInFolder),
    [],
  );
});

test("every file opens with a comment that says what it is", () => {
  const bare = sources.filter(
    ({ path, text }) => !path.endsWith(".test.ts") && !text.startsWith("/**"),
  );
  assert.deepEqual(
    bare.map(({ path }) => path),
    [],
  );
});

test("modules keep no state", () => {
  const stateful = products.filter(({ text }) => /^(export )?(let|var) /m.test(text));
  assert.deepEqual(
    stateful.map(({ path }) => path),
    [],
  );
});

test("nothing is left for later or switched off", () => {
  const found = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/@ts-ignore|@ts-expect-error|\bas any\b|\bTODO\b|\bFIXME\b/g)].map(
      ([word]) => `${path}: ${word}`,
    ),
  );
  assert.deepEqual(found, []);
});
