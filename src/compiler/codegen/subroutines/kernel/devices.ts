/** getmajor(), getminor(): the parts of the kernel's own dev_t (linux/kdev_t.h). */

import { generateValue } from "../../values/expression.ts";
import { argumentAt } from "../arguments.ts";
import type { Subroutine } from "../table.ts";

const minorBits = 20n;

export const majorNumber: Subroutine = {
  gives: "number",
  generate: (firing, values) =>
    firing.emitter.alu(">>", generateValue(firing, argumentAt(values, 0)), minorBits),
};

export const minorNumber: Subroutine = {
  gives: "number",
  generate: (firing, values) =>
    firing.emitter.alu("&", generateValue(firing, argumentAt(values, 0)), (1n << minorBits) - 1n),
};
