/** Names of addresses, hosts and services for what is printed. */

import type { NameSource } from "../format/value.ts";

export function nameSource(): NameSource {
  return {
    kernelPlace: () => undefined,
    userPlace: () => undefined,
    hostName: (address) => address,
    portName: (port) => String(port),
  };
}
