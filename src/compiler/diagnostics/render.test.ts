import assert from "node:assert/strict";
import { test } from "node:test";
import type { SourceText } from "../syntax/source-text.ts";
import { diagnose, inRegion, withHint } from "./diagnostic.ts";
import { renderFailure, renderTeaching } from "./render.ts";

const text = "BEGIN\n{\n\ta = $1;\n}\n";
const span = { start: 13, end: 15, line: 3 };
const problem = diagnose("D_MACRO_UNDEF", span, "argument", "$1");
const file: SourceText = { name: "a.d", kind: "file", text };
const argument: SourceText = { name: text, kind: "argument", text };

test("a script's error names the script and the line", () => {
  assert.equal(
    renderFailure(problem, { source: file, lineMarkers: [], tags: false }),
    "dtrace: failed to compile script a.d: line 3: macro argument $1 is not defined\n",
  );
});

test("errtags puts the tag before the place", () => {
  assert.equal(
    renderFailure(problem, { source: file, lineMarkers: [], tags: true }),
    "dtrace: failed to compile script a.d: [D_MACRO_UNDEF] line 3: macro argument $1 is not defined\n",
  );
});

test("an included file is named", () => {
  const lineMarkers = [{ offset: 0, line: 1, file: "x.h" }];
  assert.equal(
    renderFailure(problem, { source: file, lineMarkers, tags: false }),
    'dtrace: failed to compile script a.d: "x.h", line 3: macro argument $1 is not defined\n',
  );
});

test("an argument's error names the part of the clause, if one is known", () => {
  const context = { source: argument, lineMarkers: [], tags: false };
  const start = `dtrace: invalid probe specifier ${text}: `;
  assert.equal(renderFailure(problem, context), `${start}macro argument $1 is not defined\n`);
  assert.equal(
    renderFailure(inRegion(problem, "action list"), context),
    `${start}in action list: macro argument $1 is not defined\n`,
  );
});

test("the teaching form shows the line, tabs and all, and the hints", () => {
  const hinted = withHint(problem, "give it after the script's name");
  assert.equal(
    renderTeaching(hinted, { source: file, lineMarkers: [], tags: false }),
    [
      "a.d:3:6: macro argument $1 is not defined [D_MACRO_UNDEF]",
      " 3 | \ta = $1;",
      "   | \t    ^^",
      "   = give it after the script's name",
      "",
    ].join("\n"),
  );
});
