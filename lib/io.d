/**
 * Files and block I/O: fileinfo_t, bufinfo_t, devinfo_t, and fds[], the current process's open
 * files. The flags of fi_oflags are in fcntl.d.
 */

typedef char *caddr_t;
typedef long long offset_t;

/** b_flags */
inline int B_BUSY = 0x0001;
inline int B_DONE = 0x0002;
inline int B_ERROR = 0x0004;
inline int B_PAGEIO = 0x0010;
inline int B_PHYS = 0x0020;
inline int B_READ = 0x0040;
inline int B_WRITE = 0x0100;
inline int B_ASYNC = 0x0400;

typedef struct bufinfo {
	int b_flags;
	size_t b_bcount;
	caddr_t b_addr;
	uint64_t b_lblkno;
	uint64_t b_blkno;
	size_t b_resid;
	size_t b_bufsize;
	caddr_t b_iodone;
	int b_error;
	uint32_t b_edev;
} bufinfo_t;

typedef struct devinfo {
	int dev_major;
	int dev_minor;
	int dev_instance;
	string dev_name;
	string dev_statname;
	string dev_pathname;
} devinfo_t;

typedef struct fileinfo {
	string fi_name;
	string fi_dirname;
	string fi_pathname;
	offset_t fi_offset;
	string fi_fs;
	string fi_mount;
	int fi_oflags;
} fileinfo_t;

/** The operation and its flags: odd operations write; 1 << 11 is REQ_SYNC. */
inline int io_flags[uint32_t operation] =
    ((operation & 1) ? B_WRITE : B_READ) | B_PAGEIO | B_PHYS |
    ((operation & (1 << 11)) ? 0 : B_ASYNC);

/** What is left to do of a bio goes down to 0: then its size is that of all its segments. */
inline uint32_t bio_bytes[struct bio *B] =
    B->bi_iter.bi_size != 0 ? B->bi_iter.bi_size : biosize(B);
inline uint64_t bio_block[struct bio *B] =
    B->bi_iter.bi_size != 0 ? B->bi_iter.bi_sector : B->bi_iter.bi_sector - biosize(B) / 512;

/**
 * Blocks have 512 bytes, wherever the device has larger ones. Where a probe knows of no buffer,
 * all is 0 or "<none>".
 */
translator bufinfo_t < struct bio *B > {
	b_flags = B == NULL ? 0 : io_flags[B->bi_opf];
	b_bcount = B == NULL ? 0 : bio_bytes[B];
	b_lblkno = B == NULL ? 0 : bio_block[B];
	b_blkno = B == NULL ? 0 : bio_block[B];
	b_resid = 0;
	b_bufsize = B == NULL ? 0 : bio_bytes[B];
	b_iodone = B == NULL ? (caddr_t)0 : (caddr_t)B->bi_end_io;
	b_error = B == NULL ? 0 : B->bi_status;
	b_edev = B == NULL ? 0 : B->bi_bdev->bd_dev;
};

inline struct block_device *request_device[struct request *R] =
    R->part != NULL ? R->part : R->q->disk->part0;

translator bufinfo_t < struct request *R > {
	b_flags = io_flags[R->cmd_flags];
	b_bcount = R->__data_len;
	b_lblkno = R->__sector;
	b_blkno = R->__sector;
	b_resid = 0;
	b_bufsize = R->__data_len;
	b_iodone = (caddr_t)R->end_io;
	b_error = 0;
	b_edev = request_device[R]->bd_dev;
};

/** A request of which the kernel is told what came of it: the probe's arg3. */
typedef struct answered_request {
	struct request request;
} answered_request_t;

/** The numbers of blk_status_t (linux/blk_types.h) as errors. */
inline int block_error[uint8_t status] =
    status == 0 ? 0 : status == 1 ? 95 : status == 2 ? 110 : status == 3 ? 28 :
    status == 4 ? 67 : status == 5 ? 121 : status == 6 ? 52 : status == 7 ? 61 :
    status == 8 ? 84 : status == 9 ? 12 : 5;

translator bufinfo_t < answered_request_t *A > {
	b_flags = io_flags[A->request.cmd_flags] | B_DONE | (arg3 != 0 ? B_ERROR : 0);
	b_bcount = A->request.__data_len;
	b_lblkno = A->request.__sector;
	b_blkno = A->request.__sector;
	b_resid = 0;
	b_bufsize = A->request.__data_len;
	b_iodone = (caddr_t)A->request.end_io;
	b_error = block_error[(uint8_t)arg3];
	b_edev = request_device[&A->request]->bd_dev;
};

/** dev_statname is the partition's name where there is one, dev_name always the disk's. */
translator devinfo_t < struct block_device *D > {
	dev_major = D == NULL ? 0 : D->bd_dev >> 20;
	dev_minor = D == NULL ? 0 : D->bd_dev & 0xfffff;
	dev_instance = D == NULL ? 0 : D->bd_dev & 0xfffff;
	dev_name = D == NULL ? "<none>" : stringof(D->bd_disk->disk_name);
	dev_statname = D == NULL ? "<none>" : stringof(D->bd_device.kobj.name);
	dev_pathname = D == NULL ? "<none>" :
	    strjoin("/dev/", stringof(D->bd_device.kobj.name));
};

inline struct block_device *bio_device[struct bio *B] =
    B == NULL ? (struct block_device *)0 : B->bi_bdev;

translator devinfo_t < struct bio *B > {
	dev_major = xlate <devinfo_t> (bio_device[B]).dev_major;
	dev_minor = xlate <devinfo_t> (bio_device[B]).dev_minor;
	dev_instance = xlate <devinfo_t> (bio_device[B]).dev_instance;
	dev_name = xlate <devinfo_t> (bio_device[B]).dev_name;
	dev_statname = xlate <devinfo_t> (bio_device[B]).dev_statname;
	dev_pathname = xlate <devinfo_t> (bio_device[B]).dev_pathname;
};

translator devinfo_t < struct request *R > {
	dev_major = xlate <devinfo_t> (request_device[R]).dev_major;
	dev_minor = xlate <devinfo_t> (request_device[R]).dev_minor;
	dev_instance = xlate <devinfo_t> (request_device[R]).dev_instance;
	dev_name = xlate <devinfo_t> (request_device[R]).dev_name;
	dev_statname = xlate <devinfo_t> (request_device[R]).dev_statname;
	dev_pathname = xlate <devinfo_t> (request_device[R]).dev_pathname;
};

/** Sockets, pipes and their like lie in no directory. */
inline int is_pseudo_file[struct file *F] =
    F->f_path.dentry->d_parent == F->f_path.dentry &&
    F->f_path.mnt->mnt_root != F->f_path.dentry;

inline struct mount *mount_of[struct vfsmount *M] =
    (struct mount *)((uintptr_t)M - offsetof(struct mount, mnt));

/** What the file is called in the directory it is found in, that of the mount point for a root. */
inline struct dentry *name_of_file[struct file *F] =
    F->f_path.dentry == F->f_path.mnt->mnt_root ?
    mount_of[F->f_path.mnt]->mnt_mountpoint : F->f_path.dentry;

inline struct vfsmount *mount_of_name[struct file *F] =
    F->f_path.dentry == F->f_path.mnt->mnt_root ?
    &mount_of[F->f_path.mnt]->mnt_parent->mnt : F->f_path.mnt;

/** Nothing lies above it for the process, whatever lies there. */
inline int is_own_root[struct file *F] =
    F->f_path.dentry == curthread->fs->root.dentry &&
    F->f_path.mnt == curthread->fs->root.mnt;

translator fileinfo_t < struct file *F > {
	fi_name = F == NULL ? "<none>" :
	    is_pseudo_file[F] ? filepath(F) :
	    is_own_root[F] ? "/" :
	    stringof(name_of_file[F]->d_name.name);
	fi_dirname = F == NULL ? "<none>" :
	    is_pseudo_file[F] ? "<unknown>" :
	    is_own_root[F] ? "/" :
	    dentrypath(mount_of_name[F], name_of_file[F]->d_parent);
	fi_pathname = F == NULL ? "<none>" : filepath(F);
	fi_offset = F == NULL ? 0 : F->f_pos;
	fi_fs = F == NULL ? "<none>" : stringof(F->f_inode->i_sb->s_type->name);
	fi_mount = F == NULL ? "<none>" :
	    is_pseudo_file[F] ? "<unknown>" :
	    dentrypath(F->f_path.mnt, F->f_path.mnt->mnt_root);
	fi_oflags = F == NULL ? 0 : F->f_flags;
};

/** Under the name it was last looked up by, where the kernel still knows one. */
inline struct dentry *last_entry[struct inode *I] =
    I == NULL || I->i_dentry.first == NULL ? (struct dentry *)0 :
    (struct dentry *)((uintptr_t)I->i_dentry.first - offsetof(struct dentry, d_u));
inline struct dentry *inode_entry[struct inode *I] =
    last_entry[I] == NULL || last_entry[I]->d_name.len == 0 ? (struct dentry *)0 : last_entry[I];

/**
 * The file system's first mount, which kernels before 6.17 keep in a list, through the member after
 * mnt_child.
 */
inline uintptr_t first_mount_word[struct super_block *S] = *(uintptr_t *)&S->s_mounts;
inline struct mount *first_mount[struct super_block *S] =
    sizeof (S->s_mounts) == sizeof (uintptr_t) ? (struct mount *)first_mount_word[S] :
    first_mount_word[S] == (uintptr_t)&S->s_mounts ? (struct mount *)0 :
    (struct mount *)(first_mount_word[S] - offsetof(struct mount, mnt_child) -
    sizeof (struct list_head));

inline struct vfsmount *inode_mount[struct inode *I] =
    I == NULL || first_mount[I->i_sb] == NULL ? (struct vfsmount *)0 :
    &first_mount[I->i_sb]->mnt;

/** Direct I/O through iomap, as of ext4 and xfs, knows the file that was opened. */
inline struct file *direct_file[struct bio *B] =
    B == NULL || (uintptr_t)B->bi_end_io != (uintptr_t)&`iomap_dio_bio_end_io ? (struct file *)0 :
    ((struct iomap_dio *)B->bi_private)->iocb->ki_filp;

/** Of cached pages the inode is known: its paths are those in the file system's first mount. */
translator fileinfo_t < struct bio *B > {
	fi_name = direct_file[B] != NULL ? xlate <fileinfo_t> (direct_file[B]).fi_name :
	    inode_entry[biofile(B)] == NULL ? "<none>" :
	    stringof(inode_entry[biofile(B)]->d_name.name);
	fi_dirname = direct_file[B] != NULL ? xlate <fileinfo_t> (direct_file[B]).fi_dirname :
	    inode_entry[biofile(B)] == NULL ? "<none>" :
	    dentrypath(inode_mount[biofile(B)], inode_entry[biofile(B)]->d_parent);
	fi_pathname = direct_file[B] != NULL ? xlate <fileinfo_t> (direct_file[B]).fi_pathname :
	    inode_entry[biofile(B)] == NULL ? "<none>" :
	    dentrypath(inode_mount[biofile(B)], inode_entry[biofile(B)]);
	fi_offset = 0;
	fi_fs = direct_file[B] != NULL ? xlate <fileinfo_t> (direct_file[B]).fi_fs :
	    biofile(B) == NULL ? "<none>" : stringof(biofile(B)->i_sb->s_type->name);
	fi_mount = direct_file[B] != NULL ? xlate <fileinfo_t> (direct_file[B]).fi_mount :
	    inode_entry[biofile(B)] == NULL || inode_mount[biofile(B)] == NULL ? "<none>" :
	    dentrypath(inode_mount[biofile(B)], inode_mount[biofile(B)]->mnt_root);
	fi_oflags = direct_file[B] == NULL ? 0 : direct_file[B]->f_flags;
};

translator fileinfo_t < struct request *R > {
	fi_name = xlate <fileinfo_t> (R->bio).fi_name;
	fi_dirname = xlate <fileinfo_t> (R->bio).fi_dirname;
	fi_pathname = xlate <fileinfo_t> (R->bio).fi_pathname;
	fi_offset = 0;
	fi_fs = xlate <fileinfo_t> (R->bio).fi_fs;
	fi_mount = xlate <fileinfo_t> (R->bio).fi_mount;
	fi_oflags = xlate <fileinfo_t> (R->bio).fi_oflags;
};

inline fileinfo_t fds[int fd] = xlate <fileinfo_t> (getf(fd));
#pragma D attributes Stable/Stable/Common fds

/** The working directory and the root of the current process. */
inline string cwd = d_path(&curthread->fs->pwd);
#pragma D attributes Stable/Stable/Common cwd
inline string root = d_path(&curthread->fs->root);
#pragma D attributes Stable/Stable/Common root
