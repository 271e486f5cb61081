/**
 * Processes and threads as proc(4) describes them: psinfo_t, lwpsinfo_t, curpsinfo, curlwpsinfo.
 * A process is its thread group's leader; what POSIX calls an LWP is a task of Linux.
 */

/** pr_state */
inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;
inline char SWAIT = 7;

/** pr_flag */
inline int PR_STOPPED = 0x00000001;
inline int PR_ISTOP = 0x00000002;
inline int PR_DSTOP = 0x00000004;
inline int PR_STEP = 0x00000008;
inline int PR_ASLEEP = 0x00000010;
inline int PR_PCINVAL = 0x00000020;
inline int PR_ASLWP = 0x00000040;
inline int PR_AGENT = 0x00000080;
inline int PR_DETACH = 0x00000100;
inline int PR_DAEMON = 0x00000200;
inline int PR_IDLE = 0x00000400;
inline int PR_ISSYS = 0x00001000;
inline int PR_VFORKP = 0x00002000;
inline int PR_ORPHAN = 0x00004000;
inline int PR_NOSIGCHLD = 0x00008000;
inline int PR_WAITPID = 0x00010000;
inline int PR_FORK = 0x00100000;
inline int PR_RLC = 0x00200000;
inline int PR_KLC = 0x00400000;
inline int PR_ASYNC = 0x00800000;
inline int PR_MSACCT = 0x01000000;
inline int PR_BPTADJ = 0x02000000;
inline int PR_PTRACE = 0x04000000;
inline int PR_MSFORK = 0x08000000;

/** pr_dmodel */
inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;

/** pr_stype */
inline char SOBJ_NONE = 0;
inline char SOBJ_MUTEX = 1;
inline char SOBJ_RWLOCK = 2;
inline char SOBJ_CV = 3;
inline char SOBJ_SEMA = 4;
inline char SOBJ_USER = 5;
inline char SOBJ_USER_PI = 6;
inline char SOBJ_SHUTTLE = 7;

/** Solaris's names of what is a task here. */
typedef struct task_struct proc_t;
typedef struct task_struct kthread_t;

typedef struct timestruc {
	long tv_sec;
	long tv_nsec;
} timestruc_t;

typedef struct lwpsinfo {
	int pr_flag;
	id_t pr_lwpid;
	uintptr_t pr_addr;
	uintptr_t pr_wchan;
	char pr_stype;
	char pr_state;
	char pr_sname;
	char pr_nice;
	short pr_syscall;
	char pr_oldpri;
	int pr_pri;
	timestruc_t pr_start;
	timestruc_t pr_time;
	string pr_clname;
	string pr_name;
	int pr_onpro;
	int pr_bindpro;
	int pr_bindpset;
	int pr_lgrp;
} lwpsinfo_t;

typedef struct psinfo {
	int pr_nlwp;
	pid_t pr_pid;
	pid_t pr_ppid;
	pid_t pr_pgid;
	pid_t pr_sid;
	uid_t pr_uid;
	uid_t pr_euid;
	gid_t pr_gid;
	gid_t pr_egid;
	uintptr_t pr_addr;
	size_t pr_size;
	size_t pr_rssize;
	uint32_t pr_ttydev;
	ushort_t pr_pctcpu;
	ushort_t pr_pctmem;
	timestruc_t pr_start;
	timestruc_t pr_time;
	timestruc_t pr_ctime;
	string pr_fname;
	string pr_psargs;
	int pr_wstat;
	int pr_argc;
	uintptr_t pr_argv;
	uintptr_t pr_envp;
	char pr_dmodel;
	id_t pr_taskid;
	id_t pr_projid;
	int pr_nzomb;
	id_t pr_poolid;
	zoneid_t pr_zoneid;
	id_t pr_contract;
	lwpsinfo_t pr_lwp;
} psinfo_t;

/** When the task was started. The kernel counts from its own start. */
translator timestruc_t < struct task_struct *T > {
	tv_sec = (walltimestamp - (int64_t)(timestamp - T->start_time)) / 1000000000;
	tv_nsec = (walltimestamp - (int64_t)(timestamp - T->start_time)) % 1000000000;
};

/** The thread's time on processors. */
translator timestruc_t < struct sched_entity *E > {
	tv_sec = E->sum_exec_runtime / 1000000000;
	tv_nsec = E->sum_exec_runtime % 1000000000;
};

/** Linux has one zone and neither tasks, projects nor pools: all are those of the system. */
translator psinfo_t < struct task_struct *T > {
	pr_nlwp = T->signal->nr_threads;
	pr_pid = T->tgid;
	pr_ppid = T->group_leader->real_parent->tgid;
	pr_pgid = T->signal->pids[2]->numbers[0].nr;
	pr_sid = T->signal->pids[3]->numbers[0].nr;
	pr_uid = T->real_cred->uid.val;
	pr_euid = T->real_cred->euid.val;
	pr_gid = T->real_cred->gid.val;
	pr_egid = T->real_cred->egid.val;
	pr_addr = T == NULL ? 0 : (uintptr_t)T->group_leader;
	pr_size = T->mm == NULL ? 0 : T->mm->total_vm * 4;
	pr_rssize = T->mm == NULL ? 0 : (T->mm->rss_stat[0].count +
	    T->mm->rss_stat[1].count + T->mm->rss_stat[3].count) * 4;
	pr_ttydev = T->signal->tty == NULL ? -1 :
	    (T->signal->tty->driver->major << 20) |
	    (T->signal->tty->driver->minor_start + T->signal->tty->index);
	pr_start = xlate <timestruc_t> (T->group_leader);
	pr_fname = T->group_leader->comm;
	pr_psargs = T->mm == NULL || T->mm != curthread->mm ?
	    stringof(T->group_leader->comm) : execargs;
	pr_argc = T->mm == NULL || T->mm != curthread->mm ? 0 :
	    *(int *)copyin(T->mm->start_stack, sizeof (int));
	pr_argv = T->mm == NULL || T->mm != curthread->mm ? 0 :
	    T->mm->start_stack + sizeof (long);
	pr_envp = T->mm == NULL || T->mm != curthread->mm ? 0 :
	    T->mm->start_stack + sizeof (long) *
	    (2 + *(int *)copyin(T->mm->start_stack, sizeof (int)));
	pr_dmodel = T->mm != NULL && T->mm->task_size <= 0xffffffff ?
	    PR_MODEL_ILP32 : PR_MODEL_LP64;
	pr_taskid = 0;
	pr_projid = 0;
	pr_poolid = 0;
	pr_zoneid = 0;
	pr_contract = -1;
};

/** pr_pri and pr_nice are as /proc/pid/stat shows them, pr_clname as ps(1) does. */
translator lwpsinfo_t < struct task_struct *T > {
	pr_flag = ((T->__state & 0xc) ? PR_STOPPED | PR_ISTOP : 0) |
	    ((T->__state & 0x3) ? PR_ASLEEP : 0) |
	    ((T->flags & 0x00200000) ? PR_ISSYS : 0) |
	    (T->pid == 0 ? PR_IDLE : 0) |
	    (T->vfork_done != NULL ? PR_VFORKP : 0) |
	    (T->ptrace ? PR_PTRACE : 0);
	pr_lwpid = T->pid;
	pr_addr = (uintptr_t)T;
	pr_wchan = (uintptr_t)T->blocked_on;
	pr_stype = T->blocked_on != NULL ? SOBJ_MUTEX :
	    T->pi_blocked_on != NULL ? SOBJ_USER_PI : SOBJ_NONE;
	pr_state = T->exit_state ? SZOMB :
	    (T->__state & 0xc) ? SSTOP :
	    (T->__state & 0x43) ? SSLEEP :
	    (T->__state & 0x800) ? SIDL :
	    T->on_cpu ? SONPROC : SRUN;
	pr_sname = T->exit_state ? 'Z' :
	    (T->__state & 0xc) ? 'T' :
	    (T->__state & 0x43) ? 'S' :
	    (T->__state & 0x800) ? 'I' :
	    T->on_cpu ? 'O' : 'R';
	pr_nice = T->static_prio - 120;
	pr_syscall = T == curthread ? (short)uregs[R_TRAPNO] : -1;
	pr_pri = T->prio - 100;
	pr_start = xlate <timestruc_t> (T);
	pr_time = xlate <timestruc_t> (&T->se);
	pr_clname = T->policy == 0 ? "TS" : T->policy == 1 ? "FF" :
	    T->policy == 2 ? "RR" : T->policy == 3 ? "B" :
	    T->policy == 5 ? "IDL" : T->policy == 6 ? "DLN" :
	    T->policy == 7 ? "EXT" : "?";
	pr_name = T->comm;
	pr_onpro = T->thread_info.cpu;
	pr_bindpro = T->nr_cpus_allowed == 1 ? (int)T->thread_info.cpu : -1;
	pr_bindpset = -1;
	pr_lgrp = 0;
};

inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread);
#pragma D attributes Stable/Stable/Common curpsinfo
inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);
#pragma D attributes Stable/Stable/Common curlwpsinfo
