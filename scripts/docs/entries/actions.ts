/** What the guide says of the actions. */

import type { ActionName } from "../../../src/compiler/check/identifiers/functions.ts";
import type { GuideEntry } from "../entry.ts";
import { aggregationActions } from "./actions/aggregations.ts";
import { destructiveActions } from "./actions/destructive.ts";
import { recordingActions } from "./actions/recording.ts";
import { tracingActions } from "./actions/tracing.ts";

export const actionEntries: Readonly<Record<ActionName, GuideEntry>> = {
  ...aggregationActions,
  ...destructiveActions,
  ...recordingActions,
  ...tracingActions,
};
