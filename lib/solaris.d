/**
 * What a backquote and the rest of these names mean with -x compat=solaris: variables of Solaris'
 * kernel, made of Linux's.
 */

/** Load averages: 8 bits behind the point here, 11 in Linux's, 16 in hp_avenrun. */
inline int __solaris_avenrun[int index] = (int)(`avenrun[index] >> 3);
inline int __solaris_hp_avenrun[int index] = (int)(`avenrun[index] << 5);

/** Seconds since 1970. */
inline long __solaris_boot_time = (walltimestamp - (int64_t)timestamp) / 1000000000;

/** Pages (NR_FREE_PAGES is 0); the CPUs' own counts of the last few are not in it yet. */
inline unsigned long __solaris_freemem = `vm_zone_stat[0].counter;

/** Ticks of a hundredth of a second since the start. */
inline long __solaris_lbolt = timestamp / 10000000;
inline int64_t __solaris_lbolt64 = timestamp / 10000000;

inline int __solaris_nthread = `nr_threads;

/** Of the zone, as it were, that the thread is in. */
inline struct new_utsname __solaris_utsname = curthread->nsproxy->uts_ns->name;
