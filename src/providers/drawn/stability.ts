/** The stability of providers that every system with DTrace has. */

import { stabilityOf } from "../provider.ts";

export const commonStability = stabilityOf({
  provider: ["Evolving", "ISA"],
  name: ["Evolving", "ISA"],
  arguments: ["Evolving", "ISA"],
});
