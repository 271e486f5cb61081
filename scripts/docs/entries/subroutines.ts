/** What the guide says of the subroutines. */

import type { SubroutineName } from "../../../src/compiler/check/checked-program.ts";
import type { GuideEntry } from "../entry.ts";
import { kernelSubroutines } from "./subroutines/kernel.ts";
import { memorySubroutines } from "./subroutines/memory.ts";
import { networkSubroutines } from "./subroutines/network.ts";
import { pathSubroutines } from "./subroutines/paths.ts";
import { stringSubroutines } from "./subroutines/strings.ts";
import { tracingSubroutines } from "./subroutines/tracing.ts";

export const subroutineEntries: Readonly<Record<SubroutineName, GuideEntry>> = {
  ...kernelSubroutines,
  ...memorySubroutines,
  ...networkSubroutines,
  ...pathSubroutines,
  ...stringSubroutines,
  ...tracingSubroutines,
};
