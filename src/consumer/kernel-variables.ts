/**
 * Types of kernel variables that scripts ask for and BTF leaves out: it describes per-CPU variables
 * alone. As their headers declare them (linux/jiffies.h, linux/sched/loadavg.h, …).
 */

export const kernelVariableTypes: ReadonlyMap<string, string> = new Map([
  ["avenrun", "unsigned long [3]"],
  ["init_task", "struct task_struct"],
  ["init_uts_ns", "struct uts_namespace"],
  ["jiffies", "unsigned long"],
  ["jiffies_64", "uint64_t"],
  ["linux_banner", "char [256]"],
  ["linux_proc_banner", "char [256]"],
  ["loops_per_jiffy", "unsigned long"],
  ["max_pfn", "unsigned long"],
  ["nr_cpu_ids", "unsigned int"],
  ["nr_threads", "int"],
  ["panic_timeout", "int"],
  ["pid_max", "int"],
  ["saved_command_line", "char *"],
  ["super_blocks", "struct list_head"],
  ["sysctl_sched_base_slice", "unsigned int"],
  ["system_state", "enum system_states"],
  ["total_forks", "unsigned long"],
  ["tsc_khz", "unsigned int"],
  ["vm_zone_stat", "atomic_long_t [1]"],
]);
