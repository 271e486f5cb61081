/** Where a processor sits on arm64. */

inline int chip_of_cpu[int processor] = `cpu_topology[processor].package_id;
