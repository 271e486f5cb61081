/**
 * The functions that the kernel runs for every function whose entry it patches. Traced themselves,
 * they make attaching to all functions take twice as long: they come last and go first.
 */

const names: ReadonlySet<string> = new Set([
  "__cond_resched",
  "__get_locked_pte",
  "__pte_offset_map",
  "__pte_offset_map_lock",
  "__rcu_read_lock",
  "__rcu_read_unlock",
  "_raw_spin_lock",
  "_raw_spin_lock_irqsave",
  "_raw_spin_unlock",
  "_raw_spin_unlock_irqrestore",
  "copy_from_kernel_nofault",
  "copy_from_kernel_nofault_allowed",
  "perf_event_text_poke",
  // x86
  "flush_tlb_mm_range",
  "pte_offset_map_nolock",
  "switch_ldt",
  "switch_mm_irqs_off",
  "walk_to_pmd",
  // arm64
  "__set_fixmap",
  "caches_clean_inval_pou",
]);

const families = ["__text_poke", "aarch64_insn_", "inat_", "insn_", "text_poke_"];

export const isRunByPatching = (name: string): boolean =>
  names.has(name) || families.some((family) => name.startsWith(family));
