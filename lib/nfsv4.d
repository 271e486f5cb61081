/** The arguments and results of NFS version 4: members have the names of RFC 7530. */

typedef struct utf8string {
	uint32_t utf8string_len;
	string utf8string_val;
} utf8string;

typedef utf8string component4;

/** A name that the server was sent. */
typedef struct nfs4_served_name {
	uint32_t length;
	char *text;
} nfs4_served_name_t;

/** What names a file begins with the length and the name. */
translator utf8string < nfs4_served_name_t *N > {
	utf8string_len = N->length;
	utf8string_val = nfs_name[N->text, N->length];
};

translator utf8string < struct qstr *Q > {
	utf8string_len = Q == NULL ? 0 : Q->len;
	utf8string_val = Q == NULL ? "" : nfs_name[(char *)Q->name, Q->len];
};

typedef struct ACCESS4args {
	uint32_t access;
} ACCESS4args;

translator ACCESS4args < struct nfsd`nfsd4_access *A > {
	access = A->ac_req_access;
};

typedef struct COMMIT4args {
	uint64_t offset;
	uint32_t count;
} COMMIT4args;

translator COMMIT4args < struct nfsd`nfsd4_commit *A > {
	offset = A->co_offset;
	count = A->co_count;
};

translator COMMIT4args < struct nfsv4`nfs_commitargs *A > {
	offset = A->offset;
	count = A->count;
};

/** The type of what is created is a number: 2 a directory, 5 a symbolic link. */
typedef struct CREATE4args {
	uint32_t objtype;
	component4 objname;
} CREATE4args;

translator CREATE4args < struct nfsd`nfsd4_create *A > {
	objtype = A->cr_type;
	objname = xlate <component4> ((nfs4_served_name_t *)&A->cr_namelen);
};

translator CREATE4args < struct nfsv4`nfs4_create_arg *A > {
	objtype = A->ftype;
	objname = xlate <component4> ((struct qstr *)A->name);
};

typedef struct GETATTR4args {
	uint32_t attr_request[3];
} GETATTR4args;

translator GETATTR4args < struct nfsd`nfsd4_getattr *A > {
	attr_request = A->ga_bmval;
};

typedef struct LINK4args {
	component4 newname;
} LINK4args;

translator LINK4args < struct nfsd`nfsd4_link *A > {
	newname = xlate <component4> ((nfs4_served_name_t *)&A->li_namelen);
};

translator LINK4args < struct nfsv4`nfs4_link_arg *A > {
	newname = xlate <component4> ((struct qstr *)A->name);
};

typedef struct LOOKUP4args {
	component4 objname;
} LOOKUP4args;

translator LOOKUP4args < struct nfsd`nfsd4_lookup *A > {
	objname = xlate <component4> ((nfs4_served_name_t *)&A->lo_len);
};

translator LOOKUP4args < struct nfsv4`nfs4_lookup_arg *A > {
	objname = xlate <component4> ((struct qstr *)A->name);
};

/** The name is there where the file is opened by its name: claim 0. */
typedef struct open_claim4_u {
	component4 file;
} open_claim4_u_t;

typedef struct OPEN4args {
	uint32_t seqid;
	uint32_t share_access;
	uint32_t share_deny;
	uint32_t opentype;
	uint32_t claim;
	open_claim4_u_t open_claim4_u;
} OPEN4args;

translator utf8string < struct nfsd`nfsd4_open *A > {
	utf8string_len = A->op_fnamelen;
	utf8string_val = nfs_name[A->op_fname, A->op_fnamelen];
};

translator open_claim4_u_t < struct nfsd`nfsd4_open *A > {
	file = xlate <component4> (A);
};

translator OPEN4args < struct nfsd`nfsd4_open *A > {
	seqid = A->op_seqid;
	share_access = A->op_share_access;
	share_deny = A->op_share_deny;
	opentype = A->op_create;
	claim = A->op_claim_type;
	open_claim4_u = xlate <open_claim4_u_t> (A);
};

translator open_claim4_u_t < struct nfsv4`nfs_openargs *A > {
	file = xlate <component4> ((struct qstr *)A->name);
};

/** O_CREAT */
translator OPEN4args < struct nfsv4`nfs_openargs *A > {
	seqid = 0;
	share_access = A->share_access;
	share_deny = 0;
	opentype = (A->open_flags & 0x40) != 0;
	claim = A->claim;
	open_claim4_u = xlate <open_claim4_u_t> (A);
};

typedef struct nfs_fh4 {
	uint32_t nfs_fh4_len;
	uint8_t *nfs_fh4_val;
} nfs_fh4;

translator nfs_fh4 < struct nfsd`nfsd4_putfh *A > {
	nfs_fh4_len = A->pf_fhlen;
	nfs_fh4_val = (uint8_t *)A->pf_fhval;
};

typedef struct PUTFH4args {
	nfs_fh4 object;
} PUTFH4args;

translator PUTFH4args < struct nfsd`nfsd4_putfh *A > {
	object = xlate <nfs_fh4> (A);
};

typedef struct READ4args {
	uint64_t offset;
	uint32_t count;
} READ4args;

translator READ4args < struct nfsd`nfsd4_read *A > {
	offset = A->rd_offset;
	count = A->rd_length;
};

translator READ4args < struct nfsv4`nfs_pgio_args *A > {
	offset = A->offset;
	count = A->count;
};

typedef struct READDIR4args {
	uint64_t cookie;
	uint32_t dircount;
	uint32_t maxcount;
} READDIR4args;

translator READDIR4args < struct nfsd`nfsd4_readdir *A > {
	cookie = A->rd_cookie;
	dircount = A->rd_dircount;
	maxcount = A->rd_maxcount;
};

typedef struct REMOVE4args {
	component4 target;
} REMOVE4args;

translator REMOVE4args < struct nfsd`nfsd4_remove *A > {
	target = xlate <component4> ((nfs4_served_name_t *)&A->rm_namelen);
};

translator REMOVE4args < struct nfsv4`nfs_removeargs *A > {
	target = xlate <component4> (&A->name);
};

typedef struct RENAME4args {
	component4 oldname;
	component4 newname;
} RENAME4args;

translator RENAME4args < struct nfsd`nfsd4_rename *A > {
	oldname = xlate <component4> ((nfs4_served_name_t *)&A->rn_snamelen);
	newname = xlate <component4> ((nfs4_served_name_t *)&A->rn_tnamelen);
};

translator RENAME4args < struct nfsv4`nfs_renameargs *A > {
	oldname = xlate <component4> ((struct qstr *)A->old_name);
	newname = xlate <component4> ((struct qstr *)A->new_name);
};

/** Which attributes are set: bits of the protocol. */
typedef struct SETATTR4args {
	uint32_t attrmask[3];
} SETATTR4args;

translator SETATTR4args < struct nfsd`nfsd4_setattr *A > {
	attrmask = A->sa_bmval;
};

typedef struct WRITE4args {
	uint64_t offset;
	uint32_t stable;
	uint32_t data_len;
} WRITE4args;

translator WRITE4args < struct nfsd`nfsd4_write *A > {
	offset = A->wr_offset;
	stable = A->wr_stable_how;
	data_len = A->wr_buflen;
};

translator WRITE4args < struct nfsv4`nfs_pgio_args *A > {
	offset = A->offset;
	stable = A->stable;
	data_len = A->count;
};

typedef struct COMPOUND4args {
	utf8string tag;
	uint32_t minorversion;
	uint32_t array_len;
} COMPOUND4args;

translator utf8string < struct nfsd`nfsd4_compoundargs *A > {
	utf8string_len = A->taglen;
	utf8string_val = nfs_name[A->tag, A->taglen];
};

translator COMPOUND4args < struct nfsd`nfsd4_compoundargs *A > {
	tag = xlate <utf8string> (A);
	minorversion = A->minorversion;
	array_len = A->opcnt;
};

typedef struct COMPOUND4res {
	uint32_t status;
	uint32_t array_len;
} COMPOUND4res;

translator COMPOUND4res < struct nfsd`nfsd4_compoundres *R > {
	status = ntohl(R->cstate.status);
	array_len = R->opcnt;
};

/** What an operation answers: NFS4_OK is 0. */
typedef struct nfs4_answer {
	uint32_t status;
	void *of;
} nfs4_answer_t;

typedef struct nfs4res {
	uint32_t status;
} nfs4res_t;

translator nfs4res_t < nfs4_answer_t *R > {
	status = ntohl(R->status);
};

/** The server reads when it writes its answer: how much is not known before. */
typedef struct READ4res {
	uint32_t status;
} READ4res;

translator READ4res < nfs4_answer_t *R > {
	status = ntohl(R->status);
};

typedef struct WRITE4resok {
	uint32_t count;
	uint32_t committed;
} WRITE4resok;

typedef struct WRITE4res_u {
	WRITE4resok resok4;
} WRITE4res_u;

typedef struct WRITE4res {
	uint32_t status;
	WRITE4res_u WRITE4res_u;
} WRITE4res;

translator WRITE4resok < nfs4_answer_t *R > {
	count = ((struct nfsd`nfsd4_write *)R->of)->wr_bytes_written;
	committed = ((struct nfsd`nfsd4_write *)R->of)->wr_how_written;
};

translator WRITE4res_u < nfs4_answer_t *R > {
	resok4 = xlate <WRITE4resok> (R);
};

translator WRITE4res < nfs4_answer_t *R > {
	status = ntohl(R->status);
	WRITE4res_u = xlate <WRITE4res_u> (R);
};
