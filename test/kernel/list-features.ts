/** Writes what this process may have of the kernel, as JSON. */

import { createBtfSource } from "../../src/kernel/btf-source.ts";
import { KernelFeatures } from "../../src/kernel/features/kernel-features.ts";

const states = new KernelFeatures(createBtfSource()).listFeatures();
process.stdout.write(JSON.stringify(states));
