/** Names of addresses, hosts and services for what is printed; each source is read when needed. */

import type { NameSource } from "../../format/value.ts";
import { type KernelSymbols, readKernelSymbols } from "../../kernel/symbols/kernel-symbols.ts";

export function nameSource(): NameSource {
  let kernel: KernelSymbols | undefined;
  return {
    kernelPlace(address) {
      kernel ??= readKernelSymbols();
      return kernel.placeOf(address);
    },
    userPlace: () => undefined,
    hostName: (address) => address,
    portName: (port) => String(port),
  };
}
