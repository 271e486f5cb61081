/** Prints what the running kernel has, for `record.ts`. */

import { initialOptions } from "../../../src/compiler/options/options.ts";
import { openSystem } from "../../../src/consumer/system.ts";
import { kernelProbes } from "./kernel-probes.ts";

const { registry } = openSystem(new Map(), initialOptions());
process.stdout.write(`probes ${JSON.stringify(kernelProbes(registry))}\n`);
