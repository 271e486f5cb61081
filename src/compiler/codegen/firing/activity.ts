/** What a program asks of the session before it goes on. */

import { activities, mapNames, stateWords } from "../../runtime-layout.ts";
import type { Emitter } from "./emitter.ts";

interface ActivityTest {
  readonly comparison: "==" | "!=";
  readonly activity: keyof typeof activities;
}

/** Before tracing starts and after exit() nothing fires. */
export const whileActive: ActivityTest = { comparison: "==", activity: "active" };

/** `before` emits what is to be done before the program ends. */
export function leaveUnless(
  emitter: Emitter,
  { comparison, activity }: ActivityTest,
  before?: () => void,
): void {
  const over = emitter.block();
  const going = emitter.block();
  const current = emitter.load(emitter.mapValue(mapNames.state, stateWords.activity), 0, 4);
  emitter.branch(
    { comparison, left: current, right: BigInt(activities[activity]) },
    { whenTrue: going, whenFalse: over, unlikely: "false" },
  );
  emitter.place(over);
  before?.();
  emitter.return(0n);
  emitter.place(going);
}
