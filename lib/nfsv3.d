/** The arguments and results of NFS version 3: members have the names of RFC 1813. */

typedef struct nfs_fh3 {
	uint32_t fh3_length;
	uint8_t *fh3_data;
} nfs_fh3;

translator nfs_fh3 < struct nfsd`svc_fh *F > {
	fh3_length = F->fh_handle.fh_size;
	fh3_data = (uint8_t *)&F->fh_handle.fh_raw[0];
};

translator nfs_fh3 < struct nfsv3`nfs_fh *F > {
	fh3_length = F->size;
	fh3_data = (uint8_t *)&F->data[0];
};

typedef struct diropargs3 {
	nfs_fh3 dir;
	string name;
} diropargs3;

typedef struct GETATTR3args {
	nfs_fh3 object;
} GETATTR3args;

typedef struct SETATTR3args {
	nfs_fh3 object;
} SETATTR3args;

typedef struct LOOKUP3args {
	diropargs3 what;
} LOOKUP3args;

typedef struct ACCESS3args {
	nfs_fh3 object;
	uint32_t access;
} ACCESS3args;

typedef struct READLINK3args {
	nfs_fh3 symlink;
} READLINK3args;

typedef struct READ3args {
	nfs_fh3 file;
	uint64_t offset;
	uint32_t count;
} READ3args;

typedef struct WRITE3args {
	nfs_fh3 file;
	uint64_t offset;
	uint32_t count;
	uint32_t stable;
} WRITE3args;

typedef struct CREATE3args {
	diropargs3 where;
	uint32_t mode;
} CREATE3args;

typedef struct MKDIR3args {
	diropargs3 where;
} MKDIR3args;

typedef struct SYMLINK3args {
	diropargs3 where;
	string symlink_data;
} SYMLINK3args;

typedef struct MKNOD3args {
	diropargs3 where;
	uint32_t type;
} MKNOD3args;

typedef struct REMOVE3args {
	diropargs3 object;
} REMOVE3args;

typedef struct RMDIR3args {
	diropargs3 object;
} RMDIR3args;

typedef struct RENAME3args {
	diropargs3 from;
	diropargs3 to;
} RENAME3args;

typedef struct LINK3args {
	nfs_fh3 file;
	diropargs3 link;
} LINK3args;

typedef struct READDIR3args {
	nfs_fh3 dir;
	uint64_t cookie;
	uint32_t count;
} READDIR3args;

typedef struct READDIRPLUS3args {
	nfs_fh3 dir;
	uint64_t cookie;
	uint32_t maxcount;
} READDIRPLUS3args;

typedef struct FSSTAT3args {
	nfs_fh3 fsroot;
} FSSTAT3args;

typedef struct FSINFO3args {
	nfs_fh3 fsroot;
} FSINFO3args;

typedef struct PATHCONF3args {
	nfs_fh3 object;
} PATHCONF3args;

typedef struct COMMIT3args {
	nfs_fh3 file;
	uint64_t offset;
	uint32_t count;
} COMMIT3args;

translator diropargs3 < struct nfsd`nfsd3_diropargs *A > {
	dir = xlate <nfs_fh3> (&A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsv3`nfs3_diropargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsd`nfsd3_createargs *A > {
	dir = xlate <nfs_fh3> (&A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsv3`nfs3_createargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsv3`nfs3_mkdirargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsd`nfsd3_symlinkargs *A > {
	dir = xlate <nfs_fh3> (&A->ffh);
	name = nfs_name[(char *)A->fname, A->flen];
};

translator diropargs3 < struct nfsv3`nfs3_symlinkargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fromfh);
	name = nfs_name[(char *)A->fromname, A->fromlen];
};

translator diropargs3 < struct nfsd`nfsd3_mknodargs *A > {
	dir = xlate <nfs_fh3> (&A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsv3`nfs3_mknodargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	name = nfs_name[(char *)A->name, A->len];
};

translator diropargs3 < struct nfsv3`nfs_removeargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	name = nfs_name[(char *)A->name.name, A->name.len];
};

translator diropargs3 < struct nfsd`nfsd3_renameargs *A > {
	dir = xlate <nfs_fh3> (&A->ffh);
	name = nfs_name[(char *)A->fname, A->flen];
};

/** The second of two names. */
typedef struct served_target {
	struct nfsd`nfsd3_renameargs whole;
} served_target_t;

translator diropargs3 < served_target_t *A > {
	dir = xlate <nfs_fh3> (&A->whole.tfh);
	name = nfs_name[(char *)A->whole.tname, A->whole.tlen];
};

translator diropargs3 < struct nfsv3`nfs_renameargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->old_dir);
	name = nfs_name[(char *)A->old_name->name, A->old_name->len];
};

/** The second of two names. */
typedef struct called_target {
	struct nfsv3`nfs_renameargs whole;
} called_target_t;

translator diropargs3 < called_target_t *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->whole.new_dir);
	name = nfs_name[(char *)A->whole.new_name->name, A->whole.new_name->len];
};

translator diropargs3 < struct nfsd`nfsd3_linkargs *A > {
	dir = xlate <nfs_fh3> (&A->tfh);
	name = nfs_name[(char *)A->tname, A->tlen];
};

translator diropargs3 < struct nfsv3`nfs3_linkargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->tofh);
	name = nfs_name[(char *)A->toname, A->tolen];
};

translator GETATTR3args < struct nfsd`nfsd_fhandle *A > {
	object = xlate <nfs_fh3> (&A->fh);
};

translator GETATTR3args < struct nfsv3`nfs_fh *A > {
	object = xlate <nfs_fh3> (A);
};

translator SETATTR3args < struct nfsd`nfsd3_sattrargs *A > {
	object = xlate <nfs_fh3> (&A->fh);
};

translator SETATTR3args < struct nfsv3`nfs3_sattrargs *A > {
	object = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
};

translator LOOKUP3args < struct nfsd`nfsd3_diropargs *A > {
	what = xlate <diropargs3> ((struct nfsd`nfsd3_diropargs *)A);
};

translator LOOKUP3args < struct nfsv3`nfs3_diropargs *A > {
	what = xlate <diropargs3> ((struct nfsv3`nfs3_diropargs *)A);
};

translator ACCESS3args < struct nfsd`nfsd3_accessargs *A > {
	object = xlate <nfs_fh3> (&A->fh);
	access = A->access;
};

translator ACCESS3args < struct nfsv3`nfs3_accessargs *A > {
	object = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	access = A->access;
};

translator READLINK3args < struct nfsd`nfsd_fhandle *A > {
	symlink = xlate <nfs_fh3> (&A->fh);
};

translator READLINK3args < struct nfsv3`nfs3_readlinkargs *A > {
	symlink = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
};

translator READ3args < struct nfsd`nfsd3_readargs *A > {
	file = xlate <nfs_fh3> (&A->fh);
	offset = A->offset;
	count = A->count;
};

translator READ3args < struct nfsv3`nfs_pgio_args *A > {
	file = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	offset = A->offset;
	count = A->count;
};

translator WRITE3args < struct nfsd`nfsd3_writeargs *A > {
	file = xlate <nfs_fh3> (&A->fh);
	offset = A->offset;
	count = A->count;
	stable = A->stable;
};

translator WRITE3args < struct nfsv3`nfs_pgio_args *A > {
	file = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	offset = A->offset;
	count = A->count;
	stable = A->stable;
};

translator CREATE3args < struct nfsd`nfsd3_createargs *A > {
	where = xlate <diropargs3> ((struct nfsd`nfsd3_createargs *)A);
	mode = A->createmode;
};

translator CREATE3args < struct nfsv3`nfs3_createargs *A > {
	where = xlate <diropargs3> ((struct nfsv3`nfs3_createargs *)A);
	mode = A->createmode;
};

translator MKDIR3args < struct nfsd`nfsd3_createargs *A > {
	where = xlate <diropargs3> ((struct nfsd`nfsd3_createargs *)A);
};

translator MKDIR3args < struct nfsv3`nfs3_mkdirargs *A > {
	where = xlate <diropargs3> ((struct nfsv3`nfs3_mkdirargs *)A);
};

translator SYMLINK3args < struct nfsd`nfsd3_symlinkargs *A > {
	where = xlate <diropargs3> ((struct nfsd`nfsd3_symlinkargs *)A);
	/* Before it is carried out the server has the text only as it came. */
	symlink_data = nfs_name[A->tname != NULL ? A->tname : (char *)A->first.iov_base, A->tlen];
};

translator SYMLINK3args < struct nfsv3`nfs3_symlinkargs *A > {
	where = xlate <diropargs3> ((struct nfsv3`nfs3_symlinkargs *)A);
	symlink_data = "<unknown>";
};

translator MKNOD3args < struct nfsd`nfsd3_mknodargs *A > {
	where = xlate <diropargs3> ((struct nfsd`nfsd3_mknodargs *)A);
	type = A->ftype;
};

translator MKNOD3args < struct nfsv3`nfs3_mknodargs *A > {
	where = xlate <diropargs3> ((struct nfsv3`nfs3_mknodargs *)A);
	type = A->type;
};

translator REMOVE3args < struct nfsd`nfsd3_diropargs *A > {
	object = xlate <diropargs3> ((struct nfsd`nfsd3_diropargs *)A);
};

translator REMOVE3args < struct nfsv3`nfs_removeargs *A > {
	object = xlate <diropargs3> ((struct nfsv3`nfs_removeargs *)A);
};

translator RMDIR3args < struct nfsd`nfsd3_diropargs *A > {
	object = xlate <diropargs3> ((struct nfsd`nfsd3_diropargs *)A);
};

translator RMDIR3args < struct nfsv3`nfs3_diropargs *A > {
	object = xlate <diropargs3> ((struct nfsv3`nfs3_diropargs *)A);
};

translator RENAME3args < struct nfsd`nfsd3_renameargs *A > {
	from = xlate <diropargs3> ((struct nfsd`nfsd3_renameargs *)A);
	to = xlate <diropargs3> ((served_target_t *)A);
};

translator RENAME3args < struct nfsv3`nfs_renameargs *A > {
	from = xlate <diropargs3> ((struct nfsv3`nfs_renameargs *)A);
	to = xlate <diropargs3> ((called_target_t *)A);
};

translator LINK3args < struct nfsd`nfsd3_linkargs *A > {
	file = xlate <nfs_fh3> (&A->ffh);
	link = xlate <diropargs3> ((struct nfsd`nfsd3_linkargs *)A);
};

translator LINK3args < struct nfsv3`nfs3_linkargs *A > {
	file = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fromfh);
	link = xlate <diropargs3> ((struct nfsv3`nfs3_linkargs *)A);
};

translator READDIR3args < struct nfsd`nfsd3_readdirargs *A > {
	dir = xlate <nfs_fh3> (&A->fh);
	cookie = A->cookie;
	count = A->count;
};

translator READDIR3args < struct nfsv3`nfs3_readdirargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	cookie = A->cookie;
	count = A->count;
};

translator READDIRPLUS3args < struct nfsd`nfsd3_readdirargs *A > {
	dir = xlate <nfs_fh3> (&A->fh);
	cookie = A->cookie;
	maxcount = A->count;
};

translator READDIRPLUS3args < struct nfsv3`nfs3_readdirargs *A > {
	dir = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	cookie = A->cookie;
	maxcount = A->count;
};

translator FSSTAT3args < struct nfsd`nfsd_fhandle *A > {
	fsroot = xlate <nfs_fh3> (&A->fh);
};

translator FSSTAT3args < struct nfsv3`nfs_fh *A > {
	fsroot = xlate <nfs_fh3> (A);
};

translator FSINFO3args < struct nfsd`nfsd_fhandle *A > {
	fsroot = xlate <nfs_fh3> (&A->fh);
};

translator FSINFO3args < struct nfsv3`nfs_fh *A > {
	fsroot = xlate <nfs_fh3> (A);
};

translator PATHCONF3args < struct nfsd`nfsd_fhandle *A > {
	object = xlate <nfs_fh3> (&A->fh);
};

translator PATHCONF3args < struct nfsv3`nfs_fh *A > {
	object = xlate <nfs_fh3> (A);
};

translator COMMIT3args < struct nfsd`nfsd3_commitargs *A > {
	file = xlate <nfs_fh3> (&A->fh);
	offset = A->offset;
	count = A->count;
};

translator COMMIT3args < struct nfsv3`nfs_commitargs *A > {
	file = xlate <nfs_fh3> ((struct nfsv3`nfs_fh *)A->fh);
	offset = A->offset;
	count = A->count;
};

/** What the server answers: NFS3_OK is 0. Bytes are in res_u.ok, as in the protocol. */
typedef struct GETATTR3res {
	uint32_t status;
} GETATTR3res;

translator GETATTR3res < struct nfsd`nfsd3_attrstat *R > {
	status = ntohl(R->status);
};

typedef struct SETATTR3res {
	uint32_t status;
} SETATTR3res;

translator SETATTR3res < struct nfsd`nfsd3_attrstat *R > {
	status = ntohl(R->status);
};

typedef struct LOOKUP3res {
	uint32_t status;
} LOOKUP3res;

translator LOOKUP3res < struct nfsd`nfsd3_diropres *R > {
	status = ntohl(R->status);
};

typedef struct ACCESS3resok {
	uint32_t access;
} ACCESS3resok;

typedef struct ACCESS3res_u {
	ACCESS3resok ok;
} ACCESS3res_u;

typedef struct ACCESS3res {
	uint32_t status;
	ACCESS3res_u res_u;
} ACCESS3res;

translator ACCESS3resok < struct nfsd`nfsd3_accessres *R > {
	access = R->access;
};

translator ACCESS3res_u < struct nfsd`nfsd3_accessres *R > {
	ok = xlate <ACCESS3resok> (R);
};

translator ACCESS3res < struct nfsd`nfsd3_accessres *R > {
	status = ntohl(R->status);
	res_u = xlate <ACCESS3res_u> (R);
};

typedef struct READLINK3res {
	uint32_t status;
} READLINK3res;

translator READLINK3res < struct nfsd`nfsd3_readlinkres *R > {
	status = ntohl(R->status);
};

typedef struct READ3resok {
	uint32_t count;
	uint32_t eof;
} READ3resok;

typedef struct READ3res_u {
	READ3resok ok;
} READ3res_u;

typedef struct READ3res {
	uint32_t status;
	READ3res_u res_u;
} READ3res;

translator READ3resok < struct nfsd`nfsd3_readres *R > {
	count = R->count;
	eof = R->eof;
};

translator READ3res_u < struct nfsd`nfsd3_readres *R > {
	ok = xlate <READ3resok> (R);
};

translator READ3res < struct nfsd`nfsd3_readres *R > {
	status = ntohl(R->status);
	res_u = xlate <READ3res_u> (R);
};

typedef struct WRITE3resok {
	uint32_t count;
	uint32_t committed;
} WRITE3resok;

typedef struct WRITE3res_u {
	WRITE3resok ok;
} WRITE3res_u;

typedef struct WRITE3res {
	uint32_t status;
	WRITE3res_u res_u;
} WRITE3res;

translator WRITE3resok < struct nfsd`nfsd3_writeres *R > {
	count = R->count;
	committed = R->committed;
};

translator WRITE3res_u < struct nfsd`nfsd3_writeres *R > {
	ok = xlate <WRITE3resok> (R);
};

translator WRITE3res < struct nfsd`nfsd3_writeres *R > {
	status = ntohl(R->status);
	res_u = xlate <WRITE3res_u> (R);
};

typedef struct CREATE3res {
	uint32_t status;
} CREATE3res;

translator CREATE3res < struct nfsd`nfsd3_diropres *R > {
	status = ntohl(R->status);
};

typedef struct MKDIR3res {
	uint32_t status;
} MKDIR3res;

translator MKDIR3res < struct nfsd`nfsd3_diropres *R > {
	status = ntohl(R->status);
};

typedef struct SYMLINK3res {
	uint32_t status;
} SYMLINK3res;

translator SYMLINK3res < struct nfsd`nfsd3_diropres *R > {
	status = ntohl(R->status);
};

typedef struct MKNOD3res {
	uint32_t status;
} MKNOD3res;

translator MKNOD3res < struct nfsd`nfsd3_diropres *R > {
	status = ntohl(R->status);
};

typedef struct REMOVE3res {
	uint32_t status;
} REMOVE3res;

translator REMOVE3res < struct nfsd`nfsd3_attrstat *R > {
	status = ntohl(R->status);
};

typedef struct RMDIR3res {
	uint32_t status;
} RMDIR3res;

translator RMDIR3res < struct nfsd`nfsd3_attrstat *R > {
	status = ntohl(R->status);
};

typedef struct RENAME3res {
	uint32_t status;
} RENAME3res;

translator RENAME3res < struct nfsd`nfsd3_renameres *R > {
	status = ntohl(R->status);
};

typedef struct LINK3res {
	uint32_t status;
} LINK3res;

translator LINK3res < struct nfsd`nfsd3_linkres *R > {
	status = ntohl(R->status);
};

typedef struct READDIR3res {
	uint32_t status;
} READDIR3res;

translator READDIR3res < struct nfsd`nfsd3_readdirres *R > {
	status = ntohl(R->status);
};

typedef struct READDIRPLUS3res {
	uint32_t status;
} READDIRPLUS3res;

translator READDIRPLUS3res < struct nfsd`nfsd3_readdirres *R > {
	status = ntohl(R->status);
};

typedef struct FSSTAT3res {
	uint32_t status;
} FSSTAT3res;

translator FSSTAT3res < struct nfsd`nfsd3_fsstatres *R > {
	status = ntohl(R->status);
};

typedef struct FSINFO3res {
	uint32_t status;
} FSINFO3res;

translator FSINFO3res < struct nfsd`nfsd3_fsinfores *R > {
	status = ntohl(R->status);
};

typedef struct PATHCONF3res {
	uint32_t status;
} PATHCONF3res;

translator PATHCONF3res < struct nfsd`nfsd3_pathconfres *R > {
	status = ntohl(R->status);
};

typedef struct COMMIT3res {
	uint32_t status;
} COMMIT3res;

translator COMMIT3res < struct nfsd`nfsd3_commitres *R > {
	status = ntohl(R->status);
};
