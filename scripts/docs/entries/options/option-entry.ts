/** What the guide says of an option; one without effect needs no example. */

import type { ExampleSettings } from "../../entry.ts";

export interface OptionEntry extends ExampleSettings {
  readonly text: string;
  readonly example?: string;
}
