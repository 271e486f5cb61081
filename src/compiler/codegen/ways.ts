/** Each way in which a probe can fire is attached on its own. */

import type { Probe } from "../environment.ts";

export type Way = number | string;

export const wayOf = ({ id, derivation }: Probe): Way =>
  derivation ? `${id} ${derivation.way}` : id;
