/** Names of addresses, hosts and services for what is printed; each source is read when needed. */

import { readFileSync } from "node:fs";
import { lazily } from "../../base/lazily.ts";
import type { Enabling, Field, RecordedAction } from "../../compiler/enabling.ts";
import type { NameSource } from "../../format/value.ts";
import { type KernelSymbols, readKernelSymbols } from "../../kernel/symbols/kernel-symbols.ts";
import { UserSymbols } from "../../kernel/symbols/user-symbols.ts";

export interface NameSourceParts {
  /** The processes of -c and -p: the first is the one that addresses without a process are of. */
  readonly targets: readonly number[];
  readonly notice: (message: string) => void;
}

export interface SystemNames extends NameSource, Disposable {
  /** Called before the targets run: once they have ended, nothing tells what they had mapped. */
  watchProcesses(enabling: Enabling): void;
  /** A module was loaded. It may be gone again when its addresses are printed. */
  moduleLoaded(enabling: Enabling): void;
}

export function systemNames({ targets, notice }: NameSourceParts): SystemNames {
  const users = new UserSymbols();
  let kernel = lazily(() => kernelSymbols(notice));
  const hosts = lazily(() => readNames("/etc/hosts", hostsOfLine));
  const services = lazily(() => readNames("/etc/services", servicesOfLine));
  return {
    kernelPlace: (address) => kernel()?.placeOf(address),
    userPlace(process, address) {
      const pid = process === 0 ? targets[0] : process;
      return pid === undefined ? undefined : users.placeOf(pid, address);
    },
    hostName: (address) => hosts().get(address.toLowerCase()) ?? address,
    portName: (port) => services().get(String(port)) ?? String(port),
    watchProcesses(enabling) {
      if (hasUserAddresses(enabling)) users.watch(targets.length > 0 ? targets : "all");
    },
    moduleLoaded(enabling) {
      kernel = lazily(() => kernelSymbols(notice));
      if (hasKernelAddresses(enabling)) kernel();
    },
    [Symbol.dispose]: () => users[Symbol.dispose](),
  };
}

const hasUserAddresses = (enabling: Enabling): boolean =>
  allFields(enabling).some(({ shape }) =>
    shape.kind === "stack"
      ? shape.space === "user"
      : shape.kind === "symbol" && shape.form.startsWith("u"),
  );

const hasKernelAddresses = (enabling: Enabling): boolean =>
  allFields(enabling).some(({ shape }) =>
    shape.kind === "stack"
      ? shape.space === "kernel"
      : shape.kind === "symbol" && !shape.form.startsWith("u"),
  );

function allFields({ ecbs, aggregations }: Enabling): readonly Field[] {
  const recorded = ecbs.flatMap(({ record }) => record.actions.flatMap(fieldsOf));
  return [...recorded, ...aggregations.flatMap((aggregation) => aggregation.keys)];
}

function fieldsOf(action: RecordedAction): readonly Field[] {
  if (action.name === "trace" || action.name === "stack") return [action.value];
  return action.name === "printf" ? action.arguments : [];
}

function kernelSymbols(notice: (message: string) => void): KernelSymbols | undefined {
  try {
    const symbols = readKernelSymbols();
    if (!symbols.isHidden) return symbols;
    notice("kernel addresses have no names: /proc/kallsyms shows none without CAP_SYSLOG");
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    notice(`kernel addresses have no names: ${error.message}`);
  }
  return undefined;
}

type NamedKeys = readonly (readonly [key: string, name: string])[];

/** A file of lines with comments after `#`, of which the first that has a key counts. */
function readNames(
  path: string,
  parse: (words: readonly string[]) => NamedKeys,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const line of linesOf(path)) {
    const words = line.replace(/#.*/, "").trim().split(/\s+/);
    for (const [key, name] of parse(words)) if (!names.has(key)) names.set(key, name);
  }
  return names;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    return [];
  }
}

/** `address name alias…` */
function hostsOfLine([address = "", name]: readonly string[]): NamedKeys {
  return name === undefined ? [] : [[address.toLowerCase(), name]];
}

/** `name port/protocol alias…`; the protocol is not known where a port is printed. */
function servicesOfLine([name = "", port]: readonly string[]): NamedKeys {
  return port === undefined ? [] : [[port.replace(/\/.*/, ""), name]];
}
