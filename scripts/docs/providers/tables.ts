/** The table of each provider's probes: their arguments, what carries them, which kernels have them. */

import { readFileSync } from "node:fs";
import type { Carrier, DrawnProbe } from "../../../src/providers/drawn/drawn-provider.ts";
import { fsinfoProvider } from "../../../src/providers/drawn/fsinfo.ts";
import { ioProvider } from "../../../src/providers/drawn/io.ts";
import { lockstatProvider } from "../../../src/providers/drawn/lockstat.ts";
import { mibProvider } from "../../../src/providers/drawn/mib.ts";
import { ipProvider, tcpProvider, udpProvider } from "../../../src/providers/drawn/net.ts";
import { nfsv3Provider } from "../../../src/providers/drawn/nfs/nfsv3.ts";
import { nfsv4Provider } from "../../../src/providers/drawn/nfs/nfsv4.ts";
import { procProvider } from "../../../src/providers/drawn/proc.ts";
import { schedProvider } from "../../../src/providers/drawn/sched.ts";
import { sysinfoProvider } from "../../../src/providers/drawn/sysinfo.ts";
import { vminfoProvider } from "../../../src/providers/drawn/vminfo.ts";
import { kernels } from "../../../test/vm/kernels.ts";
import { code, table } from "../markdown.ts";
import type { KernelProbes } from "./kernel-probes.ts";

export const drawnProviders = [
  procProvider,
  schedProvider,
  ioProvider,
  sysinfoProvider,
  vminfoProvider,
  lockstatProvider,
  ipProvider,
  tcpProvider,
  udpProvider,
  fsinfoProvider,
  mibProvider,
  nfsv3Provider,
  nfsv4Provider,
];

/** Their probes are told by the kernels that have them. */
const otherProviders = ["dtrace", "profile", "cpc", "notifier"];

const recorded: readonly (readonly [kernel: string, probes: KernelProbes])[] = [...kernels]
  .sort((left, right) => left.name.localeCompare(right.name, "en", { numeric: true }))
  .map(({ name }) => [name, readKernelProbes(name)]);

function readKernelProbes(kernel: string): KernelProbes {
  const path = new URL(`../../../docs/providers/${kernel}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"));
}

const kernelNames = recorded.map(([kernel]) => kernel);

/** By provider. */
export function probeTables(): Readonly<Record<string, string>> {
  return Object.fromEntries([
    ...drawnProviders.map(({ table: { name, probes } }) => [name, drawnTable(name, probes)]),
    ...otherProviders.map((name) => [name, recordedTable(name)]),
    ["others", othersTable()],
  ]);
}

function drawnTable(provider: string, probes: readonly DrawnProbe[]): string {
  const rows = probes.map((probe) => {
    const carriers = new Set(
      probe.ways.flatMap((way) => [way, ...(way.notes ?? [])]).flatMap(carrierNames),
    );
    return [
      code(probe.name),
      argumentCell(probe),
      carrierCell([...carriers]),
      ...recorded.map(([, known]) =>
        presence(known[`${provider}::${probe.function ?? ""}:${probe.name}`], carriers),
      ),
    ];
  });
  return table(["Probe", "Arguments", "Carried by", ...kernelNames], rows);
}

/** As `kernel-probes.ts` names those that a kernel has. */
function carrierNames(carrier: Carrier): readonly string[] {
  if ("counts" in carrier) return [`perf ${carrier.counts.type} event ${carrier.counts.config}`];
  if ("calls" in carrier) return carrier.calls.map((call) => `${carrier.edge} of ${call}`);
  if ("functions" in carrier) return carrier.functions.map((name) => `function ${name}`);
  return [carrier.event];
}

function argumentCell({ arguments: described = [] }: DrawnProbe): string {
  const cells = described.map(({ type, translated }, index) =>
    translated === undefined
      ? `${code(`args[${index}]`)} ${code(type)}`
      : `${code(`args[${index}]`)} ${code(translated)} of ${code(type)}`,
  );
  return cells.join("<br>");
}

const kinds = ["entry of ", "return of ", "function "];

/** Those of a kind together. */
function carrierCell(names: readonly string[]): string {
  const kindOf = (name: string): string => kinds.find((kind) => name.startsWith(kind)) ?? "";
  return ["", ...kinds]
    .map((kind) => ({ kind, own: names.filter((name) => kindOf(name) === kind) }))
    .filter(({ own }) => own.length > 0)
    .map(({ kind, own }) => kind + own.map((name) => shown(name.slice(kind.length))).join(", "))
    .join("; ");
}

/** Names are code, descriptions are not. */
const shown = (name: string): string => (name.includes(" ") ? name : code(name));

/**
 * Where a kernel has not all of them, those it has. Which system calls there are is the
 * architecture's business, and no probe's.
 */
function presence(found: readonly string[] | undefined, wanted: ReadonlySet<string>): string {
  if (!found) return "no";
  const counted = (name: string): boolean => !/^(entry|return) of /.test(name);
  const missing = [...wanted].filter((name) => !found.includes(name) && counted(name));
  const told = found.filter(counted);
  return missing.length === 0 ? "yes" : carrierCell(told.length > 0 ? told : found);
}

function recordedTable(provider: string): string {
  const known = new Map<string, Set<string>>();
  for (const [, probes] of recorded) {
    for (const [key, carriers] of Object.entries(probes)) {
      if (!key.startsWith(`${provider}:`)) continue;
      known.set(key, new Set([...(known.get(key) ?? []), ...carriers]));
    }
  }
  const rows = [...known].map(([key, carriers]) => [
    code(key.split(":").at(-1) ?? ""),
    carrierCell([...carriers]),
    ...recorded.map(([, probes]) => (probes[key] ? "yes" : "no")),
  ]);
  return table(["Probe", "Carried by", ...kernelNames], rows);
}

function othersTable(): string {
  const rows = [
    [
      "syscall",
      "`CALL:entry`, `CALL:return`",
      "the tracepoints `sys_enter` and `sys_exit`; few calls: the functions that they are",
    ],
    ["sdt", "`SYSTEM::EVENT`", "the kernel's tracepoints"],
    ["rawtp", "`SYSTEM::EVENT`", "the kernel's tracepoints, arguments untyped"],
    ["fbt", "`MODULE:FUNCTION:entry`, `…:return`", "functions: trampolines or kprobes"],
    ["instr", "`MODULE:FUNCTION:OFFSET`", "instructions: kprobes", "fbt"],
  ].map(([name = "", probes = "", carrier = "", like = name]) => [
    code(name),
    probes,
    carrier,
    ...recorded.map(([, known]) => (known[`${like}:::`] ? "yes" : "no")),
  ]);
  return table(["Provider", "Probes", "Carried by", ...kernelNames], rows);
}
