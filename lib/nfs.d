/**
 * NFS as its providers nfsv3 and nfsv4 show it: who asks, and what of. The arguments of each operation
 * are in nfsv3.d and nfsv4.d.
 */

typedef struct conninfo {
	string ci_local;
	string ci_remote;
	string ci_protocol;
} conninfo_t;

/** Who an operation is done for. */
typedef struct nfs_cred {
	uid_t cr_uid;
	gid_t cr_gid;
} cred_t;

typedef struct nfsv3opinfo {
	uint64_t noi_xid;
	cred_t *noi_cred;
	string noi_curpath;
} nfsv3opinfo_t;

typedef struct nfsv4opinfo {
	uint64_t noi_xid;
	cred_t *noi_cred;
	string noi_curpath;
} nfsv4opinfo_t;

inline string nfs_address[struct __kernel_sockaddr_storage *A] =
    A->ss_family == 2 ? inet_ntoa(&((struct sockaddr_in *)A)->sin_addr.s_addr) :
    A->ss_family == 10 ? inet_ntoa6(&((struct sockaddr_in6 *)A)->sin6_addr) : "<unknown>";

inline string nfs_family[struct __kernel_sockaddr_storage *A] =
    A->ss_family == 2 ? "ipv4" : A->ss_family == 10 ? "ipv6" : "<unknown>";

/** The server's side of a connection. */
translator conninfo_t < struct nfsd`svc_rqst *R > {
	ci_local = nfs_address[&R->rq_daddr];
	ci_remote = nfs_address[&R->rq_addr];
	ci_protocol = stringof(R->rq_xprt->xpt_class->xcl_name) == "rdma" ? "rdma" :
	    nfs_family[&R->rq_addr];
};

/** The client's: the kernel chooses its own address when it connects. */
translator conninfo_t < struct sunrpc`rpc_task *T > {
	ci_local = "<unknown>";
	ci_remote = T->tk_xprt == NULL ? "<unknown>" :
	    nfs_address[(struct __kernel_sockaddr_storage *)&T->tk_xprt->addr];
	ci_protocol = T->tk_xprt == NULL ? "<unknown>" :
	    nfs_family[(struct __kernel_sockaddr_storage *)&T->tk_xprt->addr];
};

translator cred_t < struct nfsd`svc_cred *C > {
	cr_uid = C->cr_uid.val;
	cr_gid = C->cr_gid.val;
};

translator cred_t < struct cred *C > {
	cr_uid = C == NULL ? 0 : C->fsuid.val;
	cr_gid = C == NULL ? 0 : C->fsgid.val;
};

/** A file handle is a file's when the server has looked it up: then it has a path. */
inline string served_path[struct nfsd`svc_fh *F] =
    F->fh_dentry == NULL ? "<unknown>" :
    F->fh_export == NULL ? dentrypath((struct vfsmount *)0, F->fh_dentry) :
    dentrypath(F->fh_export->ex_path.mnt, F->fh_dentry);

/**
 * The server looks up the file of version 3 within the operation: its path is there when that is done.
 * Operations on a whole file system have none, nor has the one that does nothing.
 */
translator nfsv3opinfo_t < struct nfsd`svc_rqst *R > {
	noi_xid = ntohl(R->rq_xid);
	noi_cred = xlate <cred_t *> (&R->rq_cred);
	noi_curpath = R->rq_proc == 0 || (R->rq_proc >= 18 && R->rq_proc <= 20) ? "<unknown>" :
	    served_path[&((struct nfsd`nfsd3_attrstat *)R->rq_resp)->fh];
};

inline uint64_t call_xid[struct sunrpc`rpc_task *T] =
    T->tk_rqstp == NULL ? 0 : ntohl(T->tk_rqstp->rq_xid);

/** A call has no number before it has its place in the transport. */
translator nfsv3opinfo_t < struct sunrpc`rpc_task *T > {
	noi_xid = call_xid[T];
	noi_cred = xlate <cred_t *> ((struct cred *)T->tk_msg.rpc_cred);
	noi_curpath = "<unknown>";
};

translator nfsv4opinfo_t < struct nfsd`svc_rqst *R > {
	noi_xid = ntohl(R->rq_xid);
	noi_cred = xlate <cred_t *> (&R->rq_cred);
	noi_curpath = R->rq_proc == 0 ? "<unknown>" :
	    served_path[&((struct nfsd`nfsd4_compoundres *)R->rq_resp)->cstate.current_fh];
};

translator nfsv4opinfo_t < struct sunrpc`rpc_task *T > {
	noi_xid = call_xid[T];
	noi_cred = xlate <cred_t *> ((struct cred *)T->tk_msg.rpc_cred);
	noi_curpath = "<unknown>";
};

/** What came of a call: 0 or a negative error number of the system, and of data the bytes. */
typedef struct nfscall {
	int status;
	uint32_t count;
} nfscall_t;

translator nfscall_t < struct sunrpc`rpc_task *T > {
	status = T->tk_status < 0 ? T->tk_status : 0;
	count = T->tk_status < 0 ? 0 : T->tk_status;
};

/** Names on the wire end where their length says. */
inline string nfs_name[char *text, uint32_t length] =
    text == NULL ? "" : substr(stringof(text), 0, length);
