import assert from "node:assert/strict";
import { test } from "node:test";
import { scanControlLines } from "./scan-control-lines.ts";

test("a library's dependencies are found without parsing it", () => {
  const text = "#!/usr/sbin/dtrace\n#pragma D depends_on library a.d\ninline int x = ;\n  #bad\n";
  const { pragmas, diagnostics } = scanControlLines({ name: "b.d", kind: "file", text });
  assert.deepEqual(pragmas, [
    {
      kind: "dependency-pragma",
      span: { start: 19, end: 51, line: 2 },
      on: "library",
      name: "a.d",
    },
  ]);
  assert.deepEqual(
    diagnostics.map(({ tag, span }) => [tag, span.line]),
    [["D_PRAGCTL_INVAL", 4]],
  );
});
