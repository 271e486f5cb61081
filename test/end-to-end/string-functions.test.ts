/** D's string functions against an evaluator of their documentation, over generated strings. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../harness/run-dtrace.ts";

/** A generator of its own, so that every run has the same strings (Park and Miller). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const random = randomNumbers(20_261_123);

function randomText(alphabet: string, longest: number): string {
  const length = random(longest + 1);
  return Array.from({ length }, () => alphabet[random(alphabet.length)] ?? "").join("");
}

/** What cannot be found is told by `otherwise`, since reading it would be a fault. */
interface Example {
  readonly call: string;
  readonly format: "%s" | "%d";
  readonly expected: string;
}

const quoted = (text: string): string => `"${text}"`;

function substr(text: string, index: number, length?: number): string {
  let start = index;
  let count = length ?? text.length;
  if (start < 0) {
    start += text.length;
    if (start < 0 && start + count > 0) {
      count += start;
      start = 0;
    }
  }
  if (start >= text.length || start < 0) return "";
  if (count < 0) count += text.length - start;
  return count <= 0 ? "" : text.slice(start, start + count);
}

function index(text: string, part: string, position: number): number {
  if (text === "" && part === "") return 0;
  const start = Math.max(position, 0);
  if (start >= text.length) return part === "" ? text.length : -1;
  return text.indexOf(part, start);
}

function rindex(text: string, part: string, position: number): number {
  if (text === "" && part === "") return 0;
  if (position < 0) return part === "" ? 0 : -1;
  return text.lastIndexOf(part, Math.min(position, text.length));
}

function baseName(path: string): string {
  if (path === "") return ".";
  const kept = path.replace(/\/+$/, "");
  return kept === "" ? "/" : kept.slice(kept.lastIndexOf("/") + 1);
}

function directoryName(path: string): string {
  const above = path
    .replace(/\/+$/, "")
    .replace(/[^/]+$/, "")
    .replace(/\/+$/, "");
  if (above !== "") return above;
  return path.startsWith("/") ? "/" : ".";
}

function tokens(text: string, delimiters: string): readonly string[] {
  const found: string[] = [];
  let token = "";
  for (const character of `${text}${delimiters[0] ?? ""}`) {
    if (!delimiters.includes(character)) token += character;
    else if (token !== "") {
      found.push(token);
      token = "";
    }
  }
  if (token !== "") found.push(token);
  return found;
}

function examples(): readonly Example[] {
  const text = randomText("abcAB.", 12);
  const part = randomText("abA", 3);
  const letter = "abcAB."[random(6)] ?? "a";
  const position = random(20) - 4;
  const length = random(16) - 6;
  const path = randomText("/a.b", 14).replaceAll(/\.+/g, "c");
  const number = random(2_000_000) - 1_000_000;
  const base = 2 + random(35);
  const strings: Record<string, string> = {
    [`toupper(${quoted(text)})`]: text.toUpperCase(),
    [`tolower(${quoted(text)})`]: text.toLowerCase(),
    [`substr(${quoted(text)}, ${position})`]: substr(text, position),
    [`substr(${quoted(text)}, ${position}, ${length})`]: substr(text, position, length),
    [`strjoin(${quoted(text)}, ${quoted(part)})`]: text + part,
    [`basename(${quoted(path)})`]: baseName(path),
    [`dirname(${quoted(path)})`]: directoryName(path),
    [`lltostr(${number})`]: String(number),
  };
  if (text.includes(letter)) {
    strings[`strchr(${quoted(text)}, '${letter}')`] = text.slice(text.indexOf(letter));
    strings[`strrchr(${quoted(text)}, '${letter}')`] = text.slice(text.lastIndexOf(letter));
  }
  if (part !== "" && text.includes(part)) {
    strings[`strstr(${quoted(text)}, ${quoted(part)})`] = text.slice(text.indexOf(part));
  }
  const numbers: Record<string, number> = {
    [`strlen(${quoted(text)})`]: text.length,
    [`index(${quoted(text)}, ${quoted(part)})`]: index(text, part, 0),
    [`index(${quoted(text)}, ${quoted(part)}, ${position})`]: index(text, part, position),
    [`rindex(${quoted(text)}, ${quoted(part)})`]: rindex(text, part, text.length),
    [`rindex(${quoted(text)}, ${quoted(part)}, ${position})`]: rindex(text, part, position),
    [`strtoll(" ${number.toString(base)}", ${base})`]: number,
    [`strstr(${quoted(text)}, "zz") == NULL`]: 1,
  };
  return [
    ...Object.entries(strings).map(
      ([call, expected]) => ({ call, format: "%s", expected }) as const,
    ),
    ...Object.entries(numbers).map(
      ([call, expected]) => ({ call, format: "%d", expected: String(expected) }) as const,
    ),
  ];
}

/** The strings are variables: constants could be computed while compiling. */
function clauseOf({ call, format }: Example, number: number): string {
  const names: string[] = [];
  const withVariables = call.replaceAll(/"[^"]*"/g, (literal) => {
    names.push(literal);
    return `s${names.length}`;
  });
  const assignments = names.map((literal, at) => `s${at + 1} = ${literal};`).join(" ");
  return `BEGIN { ${assignments} printf("${number} [${format}]\\n", ${withVariables}); }`;
}

test("functions agree with their documentation on generated strings", async () => {
  const all = Array.from({ length: 12 }, examples).flat();
  const program = `${all.map(clauseOf).join("\n")}\nBEGIN { exit(0); }`;
  const { stdout, stderr } = await runDtrace(["-q", "-s", "-"], {
    input: `#pragma D option quiet\n${program}`,
    timeoutMs: 60_000,
  }).catch((error: unknown) => assert.fail(String(error)));
  assert.equal(stderr, "");
  const lines = stdout.split("\n").filter((line) => line !== "");
  assert.deepEqual(
    lines.map((line, at) => `${all[at]?.call}: ${line}`),
    all.map(({ call, expected }, at) => `${call}: ${at} [${expected}]`),
  );
});

test("strtok() gives one token after the other, with every set of delimiters", async () => {
  const texts = Array.from({ length: 20 }, () => randomText("ab,; ", 16));
  const program = texts
    .map((text, at) => {
      const count = tokens(text, ",; ").length;
      const calls = Array.from({ length: count }, (_, number) =>
        number === 0 ? 'strtok(s, ",; ")' : 'strtok(NULL, ",; ")',
      );
      const all = calls.map((call) => `printf("<%s>", ${call});`).join(" ");
      const over = count === 0 ? 'strtok(s, ",; ")' : 'strtok(NULL, ",; ")';
      return `tick-${at + 1}ms /!done${at}/ { done${at} = 1; s = "${text}"; printf("${at}: "); ${all} printf("%d\\n", ${over} == NULL); }`;
    })
    .join("\n");
  const { stdout, stderr } = await runDtrace(["-qn", `${program}\ntick-1s { exit(0); }`], {
    timeoutMs: 30_000,
  });
  assert.equal(stderr, "");
  const lines = stdout.split("\n").filter((line) => line !== "");
  const expected = texts.map(
    (text, at) =>
      `${at}: ${tokens(text, ",; ")
        .map((token) => `<${token}>`)
        .join("")}1`,
  );
  assert.deepEqual([...lines].sort(), [...expected].sort());
});

test("cleanpath() takes out what names nothing", async () => {
  const cases = [
    ["/foo/./bar", "/foo/bar"],
    ["/foo//bar", "/foo/bar"],
    ["/foo/../bar", "/bar"],
    ["/foo/bar/..", "/foo/"],
    ["/..", "/"],
    ["foo/.bar/..baz", "foo/.bar/..baz"],
    ["/usr/lib/../lib/x//y/./z", "/usr/lib/x/y/z"],
  ] as const;
  const calls = cases.map(([path]) => `p = "${path}"; printf("%s\\n", cleanpath(p));`).join(" ");
  const { stdout, stderr } = await runDtrace(["-qn", `BEGIN { ${calls} exit(0); }`]);
  assert.equal(stderr, "");
  const lines = stdout.split("\n").slice(0, cases.length);
  assert.deepEqual(
    lines,
    cases.map(([, clean]) => clean),
  );
});
