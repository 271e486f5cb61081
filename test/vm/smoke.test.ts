/** A part of the end-to-end suite that is enough to see that a kernel runs what the others run. */

import { describe } from "node:test";
import { fileURLToPath } from "node:url";
import { endToEndSuite } from "../harness/end-to-end-suite.ts";

const root = fileURLToPath(new URL("../end-to-end/", import.meta.url));

for (const folder of ["basics", "aggregations", "kernel-objects"]) {
  describe(folder, () => endToEndSuite(`${root}${folder}`));
}
