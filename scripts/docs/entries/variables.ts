/** What the guide says of the built-in variables. */

import type { BuiltinName } from "../../../src/compiler/check/checked-program.ts";
import type { GuideEntry } from "../entry.ts";
import { argumentVariables } from "./variables/arguments.ts";
import { firingVariables } from "./variables/firing.ts";
import { processVariables } from "./variables/process.ts";

export const variableEntries: Readonly<Record<BuiltinName, GuideEntry>> = {
  ...argumentVariables,
  ...firingVariables,
  ...processVariables,
};
