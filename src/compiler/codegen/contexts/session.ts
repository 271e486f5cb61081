/** BEGIN and END: the consumer runs them, one program after the other where they have several. */

import type { EventSource } from "../firing/firing.ts";

export const sessionSource: EventSource = { argument: () => 0n, errno: () => 0n };
