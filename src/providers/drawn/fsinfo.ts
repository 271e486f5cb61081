/**
 * fsinfo: operations on files, as system calls ask for them: `args[0]` is the file where the call
 * names an open one, `args[1]` the size or what else the operation has.
 */

import { firstProbeId } from "../probe-ids.ts";
import { type DrawnProbe, drawnProvider, type Way } from "./drawn-provider.ts";
import { commonStability } from "./stability.ts";

const noFile = "(struct file *)0";

const operation = (name: string, ...ways: readonly Way[]): DrawnProbe => ({
  name,
  arguments: [{ type: "struct file *", translated: "fileinfo_t *" }, { type: "int" }],
  ways,
});

/** The first argument is the open file's descriptor. */
const onFile = (calls: readonly string[], value = "0"): Way => ({
  calls,
  edge: "entry",
  values: ["getf((int)arg0)", value],
});

const onPath = (...calls: readonly string[]): Way => ({
  calls,
  edge: "entry",
  values: [noFile, "0"],
});

/** Bytes are known when the call returns, its descriptor when it begins. */
const transfer = (calls: readonly string[], direction: "read" | "write"): Way => {
  const noted = `self->__fsinfo_${direction}`;
  return {
    calls,
    edge: "return",
    when: "errno == 0",
    values: [`getf((int)${noted})`, "arg0"],
    notes: [{ calls, edge: "entry", assignment: `${noted} = arg0` }],
  };
};

export const fsinfoProvider = drawnProvider({
  name: "fsinfo",
  firstId: firstProbeId.fsinfo,
  stability: commonStability,
  probes: [
    operation("access", onPath("access", "faccessat", "faccessat2")),
    operation("close", onFile(["close"])),
    operation("create", {
      calls: ["openat"],
      edge: "entry",
      // O_CREAT
      when: "(arg2 & 0x40) != 0",
      values: [noFile, "0"],
    }),
    operation("frlock", onFile(["fcntl"], "arg1"), onFile(["flock"], "arg1")),
    operation("fsync", onFile(["fsync", "fdatasync"])),
    operation("getattr", onFile(["fstat"]), onPath("stat", "lstat", "newfstatat", "statx")),
    operation("ioctl", onFile(["ioctl"], "arg1")),
    operation("link", onPath("link", "linkat")),
    operation("map", {
      calls: ["mmap"],
      edge: "entry",
      when: "(int)arg4 >= 0",
      values: ["getf((int)arg4)", "arg1"],
    }),
    operation("mkdir", onPath("mkdir", "mkdirat")),
    operation("open", {
      calls: ["open", "openat", "openat2", "creat"],
      edge: "return",
      when: "errno == 0",
      values: ["getf((int)arg0)", "0"],
    }),
    operation("poll", onPath("poll", "ppoll", "select", "pselect6")),
    operation("read", transfer(["read", "pread64", "readv", "preadv", "preadv2"], "read")),
    operation("readdir", onFile(["getdents", "getdents64"])),
    operation("readlink", onPath("readlink", "readlinkat")),
    operation("remove", onPath("unlink", "unlinkat")),
    operation("rename", onPath("rename", "renameat", "renameat2")),
    operation("rmdir", onPath("rmdir")),
    operation("seek", onFile(["lseek"], "arg1")),
    operation(
      "setattr",
      onFile(["fchmod", "fchown", "ftruncate"]),
      onPath("chmod", "fchmodat", "chown", "fchownat", "truncate", "utimensat"),
    ),
    operation("space", onFile(["fallocate"], "arg3")),
    operation("symlink", onPath("symlink", "symlinkat")),
    operation("write", transfer(["write", "pwrite64", "writev", "pwritev", "pwritev2"], "write")),
  ],
});
