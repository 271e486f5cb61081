/**
 * notifier: the kernel calls those who registered with one of its notifier chains. A probe for each
 * chain that the kernel has, told by the address of its head in what calls a chain
 * (kernel/notifier.c).
 */

import type { ArgumentDescription, Derivation, Probe } from "../compiler/environment.ts";
import { coreModule } from "./core-module.ts";
import { functionCarrier } from "./fbt/fbt-provider.ts";
import { firstProbeId } from "./probe-ids.ts";
import { type Provider, type ProviderSystem, stabilityOf } from "./provider.ts";

type Kind = "atomic" | "blocking" | "raw" | "srcu";

interface Caller {
  readonly symbol: string;
  /** D for what is told to those who are called: what has happened, and what it is about. */
  readonly values: readonly [string, string];
}

const called = (symbol: string): Caller => ({ symbol, values: ["args[1]", "(uintptr_t)args[2]"] });

/** These call those who agreed once more, with `args[2]`, where one did not. */
const robust = (symbol: string): Caller => ({ symbol, values: ["args[1]", "(uintptr_t)args[3]"] });

const callers: Readonly<Record<Kind, readonly Caller[]>> = {
  atomic: [called("atomic_notifier_call_chain")],
  blocking: [called("blocking_notifier_call_chain"), robust("blocking_notifier_call_chain_robust")],
  raw: [called("raw_notifier_call_chain"), robust("raw_notifier_call_chain_robust")],
  srcu: [called("srcu_notifier_call_chain")],
};

/**
 * The kinds that a chain has had since 6.1; the first is the newest. Their places give their ids:
 * new ones go to the end.
 */
const chains: readonly (readonly [name: string, ...kinds: [Kind, ...Kind[]]])[] = [
  ["acpi_chain_head", "blocking"],
  ["acpi_hed_notify_list", "blocking"],
  ["acpi_reconfig_chain", "blocking"],
  ["backlight_notifier", "blocking"],
  ["blocking_lsm_notifier_chain", "blocking"],
  ["cpufreq_policy_notifier_list", "blocking"],
  ["cpufreq_transition_notifier_list", "srcu"],
  ["cpu_pm_notifier_chain", "raw", "atomic"],
  ["crypto_chain", "blocking"],
  ["dcbevent_notif_chain", "atomic"],
  ["die_chain", "atomic"],
  ["fb_notifier_list", "blocking"],
  ["fips_fail_notif_chain", "atomic"],
  ["ghes_report_chain", "atomic"],
  ["inet6addr_chain", "atomic"],
  ["inet6addr_validator_chain", "blocking"],
  ["inetaddr_chain", "blocking"],
  ["inetaddr_validator_chain", "blocking"],
  ["iommu_ga_log_notifier", "atomic"],
  ["iosf_mbi_pmic_bus_access_notifier", "blocking"],
  ["keyboard_notifier_list", "atomic"],
  ["lease_notifier_chain", "srcu"],
  ["memory_chain", "blocking"],
  ["module_notify_list", "blocking"],
  ["netdev_chain", "raw"],
  ["netevent_notif_chain", "atomic"],
  ["netlink_chain", "blocking"],
  ["nvmem_notifier", "blocking"],
  ["oom_notify_list", "blocking"],
  ["panic_notifier_list", "atomic"],
  ["pm_chain_head", "blocking"],
  ["power_off_handler_list", "atomic"],
  ["power_supply_notifier", "blocking", "atomic"],
  ["pvclock_gtod_chain", "raw"],
  ["random_ready_notifier", "blocking", "raw", "atomic"],
  ["rcu_cpu_stall_notifiers", "atomic"],
  ["reboot_notifier_list", "blocking"],
  ["restart_handler_list", "atomic"],
  ["restart_prep_handler_list", "blocking"],
  ["switchdev_blocking_notif_chain", "raw", "blocking"],
  ["switchdev_notif_chain", "atomic"],
  ["thermal_genl_chain", "blocking"],
  ["tracepoint_notify_list", "blocking"],
  ["usb_notifier_list", "blocking"],
  ["vendor_record_notify_list", "blocking"],
  ["vmap_notify_list", "blocking"],
  ["vmfork_chain", "blocking"],
  ["vt_notifier_list", "atomic"],
  ["x86_mce_decoder_chain", "blocking"],
  ["xen_resume_notifier", "raw"],
  ["xenstore_chain", "blocking"],
];

const names: ReadonlySet<string> = new Set(chains.map(([name]) => name));

const stability = stabilityOf({
  provider: ["Evolving", "Common"],
  name: ["Private", "ISA"],
  arguments: ["Private", "ISA"],
});

const described: readonly ArgumentDescription[] = [
  { type: { kind: "text", text: "unsigned long" }, source: 0 },
  { type: { kind: "text", text: "void *" }, source: 1 },
];

export const notifierProvider: Provider = {
  name: "notifier",
  mayHaveName: (name) => names.has(name),

  *listProbes(system, matches) {
    const wanted = [...chains.entries()].filter(([, [name, kind]]) => matches("", kind, name));
    if (wanted.length === 0) return;
    const carriers = callCarriers(system);
    if (carriers.size === 0) return;
    for (const [index, [name, ...kinds]] of wanted) {
      const chain = system.kernelSymbols().addressOf(name, coreModule);
      if (chain) yield* waysOf({ index, name, kinds, address: chain.address }, carriers);
    }
  },
};

/** Of the callers that the kernel has, by their symbols. */
function callCarriers(system: ProviderSystem): ReadonlyMap<string, Probe> {
  const found = new Map<string, Probe>();
  for (const { symbol } of Object.values(callers).flat()) {
    const carrier = functionCarrier(system, { name: symbol, edge: "entry" });
    if (carrier) found.set(symbol, carrier);
  }
  return found;
}

interface Chain {
  readonly index: number;
  readonly name: string;
  readonly kinds: readonly [Kind, ...Kind[]];
  readonly address: bigint;
}

/** One probe for each function that calls chains of its kinds, all with the same id. */
function* waysOf(
  { index, name, kinds, address }: Chain,
  carriers: ReadonlyMap<string, Probe>,
): Iterable<Probe> {
  const possible = kinds.flatMap((kind) => callers[kind]);
  for (const [way, { symbol, values }] of possible.entries()) {
    const carrier = carriers.get(symbol);
    if (!carrier) continue;
    const condition = `(uintptr_t)args[0] == 0x${address.toString(16)}`;
    const derivation: Derivation = { way, carrier, condition, values, notes: [] };
    yield {
      id: firstProbeId.notifier + index,
      provider: "notifier",
      module: "",
      function: kinds[0],
      name,
      stability,
      context: carrier.context,
      arguments: () => described,
      derivation,
    };
  }
}
