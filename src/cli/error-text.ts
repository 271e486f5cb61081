/** What strerror(3) says, for the errors a command meets at its files and processes. */

const sentences = new Map([
  ["EACCES", "Permission denied"],
  ["EDQUOT", "Disk quota exceeded"],
  ["EFBIG", "File too large"],
  ["EIO", "Input/output error"],
  ["EISDIR", "Is a directory"],
  ["ELOOP", "Too many levels of symbolic links"],
  ["EMFILE", "Too many open files"],
  ["ENAMETOOLONG", "File name too long"],
  ["ENODEV", "No such device"],
  ["ENOENT", "No such file or directory"],
  ["ENOMEM", "Cannot allocate memory"],
  ["ENOSPC", "No space left on device"],
  ["ENOTDIR", "Not a directory"],
  ["ENXIO", "No such device or address"],
  ["EPERM", "Operation not permitted"],
  ["ENOEXEC", "Exec format error"],
  ["EPIPE", "Broken pipe"],
  ["EROFS", "Read-only file system"],
  ["ESRCH", "No such process"],
  ["ETXTBSY", "Text file busy"],
]);

/** The `code` that Node puts on errors of system calls. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : undefined;
}

export function errorText(error: unknown): string {
  const code = errorCode(error);
  if (code !== undefined) return sentences.get(code) ?? code;
  return error instanceof Error ? error.message : String(error);
}
