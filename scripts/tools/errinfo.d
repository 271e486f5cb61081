/*
 * errinfo - system calls that fail, with their error
 *
 * Usage:    dtrace --tools errinfo [pid | -c command]
 * Columns:  COMMAND, CALL, ERRNO as in errno(3), COUNT
 * Example:  dtrace --tools errinfo -c 'cat /nowhere'
 */

#pragma D option quiet
#pragma D option defaultargs

inline int is_wanted = ($1 == 0 || pid == $1) && ($target == 0 || progenyof($target));


inline string error_name =
    errno == EPERM ? "EPERM" : errno == ENOENT ? "ENOENT" : errno == ESRCH ? "ESRCH" :
    errno == EINTR ? "EINTR" : errno == EIO ? "EIO" : errno == EBADF ? "EBADF" :
    errno == ECHILD ? "ECHILD" : errno == EAGAIN ? "EAGAIN" : errno == ENOMEM ? "ENOMEM" :
    errno == EACCES ? "EACCES" : errno == EFAULT ? "EFAULT" : errno == EBUSY ? "EBUSY" :
    errno == EEXIST ? "EEXIST" : errno == ENODEV ? "ENODEV" : errno == ENOTDIR ? "ENOTDIR" :
    errno == EISDIR ? "EISDIR" : errno == EINVAL ? "EINVAL" : errno == EMFILE ? "EMFILE" :
    errno == ENOTTY ? "ENOTTY" : errno == ENOSPC ? "ENOSPC" : errno == ESPIPE ? "ESPIPE" :
    errno == EPIPE ? "EPIPE" : errno == ERANGE ? "ERANGE" : errno == ENOSYS ? "ENOSYS" :
    errno == EOPNOTSUPP ? "EOPNOTSUPP" : errno == ECONNREFUSED ? "ECONNREFUSED" :
    errno == ETIMEDOUT ? "ETIMEDOUT" : errno == EINPROGRESS ? "EINPROGRESS" : "";

syscall:::return
/errno != 0 && is_wanted/
{
	@errors[execname, probefunc, errno, error_name] = count();
}

dtrace:::END
{
	printf("%-15s %-20s %5s %-12s %8s\n", "COMMAND", "CALL", "ERRNO", "", "COUNT");
	printa("%-15s %-20s %5d %-12s %@8u\n", @errors);
}
