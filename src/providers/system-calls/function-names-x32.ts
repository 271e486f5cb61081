/**
 * 32-bit calls of x86 whose function in a 64-bit kernel has another name than the call
 * (arch/x86/entry/syscalls/syscall_32.tbl).
 */

const rows = `
_llseek llseek
_newselect select
adjtimex adjtimex_time32
chown chown16
chown32 chown
clock_adjtime clock_adjtime32
clock_adjtime64 clock_adjtime
clock_getres clock_getres_time32
clock_getres_time64 clock_getres
clock_gettime clock_gettime32
clock_gettime64 clock_gettime
clock_nanosleep clock_nanosleep_time32
clock_nanosleep_time64 clock_nanosleep
clock_settime clock_settime32
clock_settime64 clock_settime
clone ia32_clone
fadvise64 ia32_fadvise64
fadvise64_64 ia32_fadvise64_64
fallocate ia32_fallocate
fchown fchown16
fchown32 fchown
fcntl fcntl64
fstat newfstat
fstat64 ia32_fstat64
fstatat64 ia32_fstatat64
ftruncate64 ia32_ftruncate64
futex futex_time32
futex_time64 futex
futimesat futimesat_time32
getegid getegid16
getegid32 getegid
geteuid geteuid16
geteuid32 geteuid
getgid getgid16
getgid32 getgid
getgroups getgroups16
getgroups32 getgroups
getresgid getresgid16
getresgid32 getresgid
getresuid getresuid16
getresuid32 getresuid
getrlimit old_getrlimit
getuid getuid16
getuid32 getuid
io_getevents io_getevents_time32
lchown lchown16
lchown32 lchown
lstat newlstat
lstat64 ia32_lstat64
mmap ia32_mmap
mmap2 mmap_pgoff
mq_timedreceive mq_timedreceive_time32
mq_timedreceive_time64 mq_timedreceive
mq_timedsend mq_timedsend_time32
mq_timedsend_time64 mq_timedsend
nanosleep nanosleep_time32
oldfstat fstat
oldlstat lstat
oldolduname olduname
oldstat stat
olduname uname
ppoll ppoll_time32
pread64 ia32_pread64
pselect6 pselect6_time32
pwrite64 ia32_pwrite64
readahead ia32_readahead
readdir old_readdir
recvmmsg recvmmsg_time32
rt_sigtimedwait rt_sigtimedwait_time32
sched_rr_get_interval sched_rr_get_interval_time32
sched_rr_get_interval_time64 sched_rr_get_interval
select old_select
semtimedop_time64 semtimedop
setfsgid setfsgid16
setfsgid32 setfsgid
setfsuid setfsuid16
setfsuid32 setfsuid
setgid setgid16
setgid32 setgid
setgroups setgroups16
setgroups32 setgroups
setregid setregid16
setregid32 setregid
setresgid setresgid16
setresgid32 setresgid
setresuid setresuid16
setresuid32 setresuid
setreuid setreuid16
setreuid32 setreuid
setuid setuid16
setuid32 setuid
stat newstat
stat64 ia32_stat64
stime stime32
sync_file_range ia32_sync_file_range
time time32
timer_gettime timer_gettime32
timer_gettime64 timer_gettime
timer_settime timer_settime32
timer_settime64 timer_settime
timerfd_gettime timerfd_gettime32
timerfd_gettime64 timerfd_gettime
timerfd_settime timerfd_settime32
timerfd_settime64 timerfd_settime
truncate64 ia32_truncate64
ugetrlimit getrlimit
umount oldumount
umount2 umount
uname newuname
utime utime32
utimensat utimensat_time32
utimensat_time64 utimensat
utimes utimes_time32
`;

/** By the name of the call. */
export const functionNames32: ReadonlyMap<string, string> = new Map(
  rows
    .trim()
    .split("\n")
    .map((row) => {
      const [call = "", name = ""] = row.split(" ");
      return [call, name] as const;
    }),
);
