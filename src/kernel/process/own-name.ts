/** The name the kernel knows this process by: what `execname` is in BEGIN, what ps and kill show. */

import { addressOf, asciiBuffer, syscall } from "../native.ts";
import { systemCallNumber } from "../system-call-numbers.ts";

const PR_SET_NAME = 15;

/** At most 15 characters; without it the name is that of Node's program. */
export function setOwnName(name: string): void {
  syscall(systemCallNumber("prctl"), PR_SET_NAME, addressOf(asciiBuffer(name)), 0, 0, 0);
}
