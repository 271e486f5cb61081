/** Where a processor sits on x86-64. */

inline int chip_of_cpu[int processor] =
    ((struct cpuinfo_x86 *)((uintptr_t)&`cpu_info + `__per_cpu_offset[processor]))->topo.pkg_id;
