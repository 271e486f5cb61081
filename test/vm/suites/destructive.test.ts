/** Actions that change what they look at: only guests run them. */

import { fileURLToPath } from "node:url";
import { endToEndSuite } from "../../harness/end-to-end-suite.ts";

endToEndSuite(fileURLToPath(new URL("destructive", import.meta.url)));
