/**
 * nfsv3 and nfsv4 against what the server and the client count of themselves, and against what a
 * script is known to do: on a file system that a guest serves to itself.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { before, test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = "/tmp/nfs";

before(() => {
  const setUp = `set -e
modprobe -a nfsd nfsv3 nfsv4
mkdir -p ${folder}/served ${folder}/3 ${folder}/4 /run/rpcbind
mkdir -p /var/lib/nfs/rpc_pipefs /var/lib/nfs/v4recovery
touch /etc/exports
> /var/lib/nfs/etab
mount -t tmpfs tmpfs ${folder}/served
mount -t nfsd nfsd /proc/fs/nfsd
rpcbind -w
exportfs -o rw,fsid=0,no_root_squash,insecure,no_subtree_check,sync 127.0.0.1:${folder}/served
rpc.mountd
rpc.nfsd 2
mount -t nfs -o vers=3,nolock,proto=tcp 127.0.0.1:${folder}/served ${folder}/3
mount -t nfs -o vers=4.2,proto=tcp 127.0.0.1:/ ${folder}/4
`;
  execFileSync("/bin/sh", ["-c", setUp], { stdio: ["ignore", "ignore", "inherit"] });
});

/** Between two looks at the counters: 5 blocks written and 3 of them read, and a life of a file. */
function workload(version: number): string {
  const path = `${folder}/workload${version}`;
  const text = `#!/bin/sh
grep proc${version} /proc/net/rpc/nfsd /proc/net/rpc/nfs
cd ${folder}/${version}
dd if=/dev/zero of=data bs=8192 count=5 oflag=direct 2> /dev/null
dd if=data of=/dev/null bs=8192 count=3 iflag=direct 2> /dev/null
mkdir within
mv data within/moved
ln within/moved within/linked
ln -s moved within/symbolic
rm within/linked within/symbolic
rm within/moved
rmdir within
grep proc${version} /proc/net/rpc/nfsd /proc/net/rpc/nfs
`;
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

/** How much each counter of the line grew; the line's first number says how many there are. */
function growth(stdout: string, line: string): readonly number[] {
  const [earlier, later] = [...stdout.matchAll(new RegExp(`^${line} \\d+ (.*)$`, "gm"))].map(
    ([, numbers = ""]) => numbers.trim().split(" ").map(Number),
  );
  assert.ok(earlier && later, stdout);
  return later.map((count, index) => count - (earlier[index] ?? 0));
}

const linesOf = (stdout: string, kind: string): readonly string[] =>
  stdout.split("\n").filter((line) => line.startsWith(`${kind} `));

/** What was counted by probes of the name's beginning: `start` and `done` must agree. */
function counts(stdout: string, kind: "op" | "call"): ReadonlyMap<string, number> {
  const moments = ["start", "done"].map((moment) => {
    const found = stdout.matchAll(new RegExp(`^${kind}-(\\S+)-${moment} (\\d+)$`, "gm"));
    return [...found].map(([, name = "", count]) => [name, Number(count)] as const).sort();
  });
  assert.deepEqual(moments[0], moments[1], stdout);
  return new Map(moments[0]);
}

/** Names where something was counted. */
const named = (
  names: readonly (string | undefined)[],
  numbers: readonly number[],
): readonly (readonly [string, number])[] =>
  numbers
    .flatMap((count, index) => {
      const name = names[index];
      return count > 0 && name !== undefined ? [[name, count] as const] : [];
    })
    .sort();

const procedures =
  "null getattr setattr lookup access readlink read write create mkdir symlink mknod remove rmdir rename link readdir readdirplus fsstat fsinfo pathconf commit".split(
    " ",
  );

test("nfsv3: each operation once, on both sides, with its arguments", async () => {
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", workload(3), "-n"],
      `nfsv3::: { @[probename] = count(); }
       nfsv3:::op-write-start
       { printf("write %d %d %s %s %d\\n", args[2]->offset, args[2]->count, args[0]->ci_remote,
             args[0]->ci_protocol, args[1]->noi_cred->cr_uid); }
       nfsv3:::op-read-done
       { printf("read %d %d %s\\n", args[2]->status, args[2]->res_u.ok.count,
             args[1]->noi_curpath); }
       nfsv3:::call-read-start
       { printf("ask %d %d %s\\n", args[2]->offset, args[2]->count, args[0]->ci_remote); }
       nfsv3:::op-rename-start, nfsv3:::call-rename-start
       { printf("rename %s %s\\n", args[2]->from.name, args[2]->to.name); }
       nfsv3:::op-remove-start, nfsv3:::call-remove-start
       { printf("remove %s\\n", args[2]->object.name); }
       nfsv3:::op-symlink-start
       { printf("symlink %s %s\\n", args[2]->where.name, args[2]->symlink_data); }
       nfsv3:::op-lookup-done /args[2]->status != 0/ { printf("absent %d\\n", args[2]->status); }
       END { printa("%s %@d\\n", @); }`,
    ],
    { timeoutMs: 60_000 },
  );
  const served = named(procedures, growth(stdout, "/proc/net/rpc/nfsd:proc3"));
  assert.deepEqual([...counts(stdout, "op")], served, stderr);
  const asked = named(procedures, growth(stdout, "/proc/net/rpc/nfs:proc3"));
  assert.deepEqual([...counts(stdout, "call")], asked, stderr);

  const known = {
    write: 5,
    read: 3,
    mkdir: 1,
    rename: 1,
    link: 1,
    symlink: 1,
    remove: 3,
    rmdir: 1,
  };
  for (const [name, count] of Object.entries(known)) {
    assert.equal(counts(stdout, "op").get(name), count, name);
  }
  assert.deepEqual(
    linesOf(stdout, "write").toSorted(),
    [0, 1, 2, 3, 4].map((block) => `write ${block * 8192} 8192 127.0.0.1 ipv4 0`).toSorted(),
  );
  const readLines = linesOf(stdout, "read");
  assert.equal(readLines.length, 3);
  for (const line of readLines) assert.match(line, /^read 0 8192 \S*\/nfs\/served\/data$/);
  assert.deepEqual(
    linesOf(stdout, "ask"),
    [0, 1, 2].map((block) => `ask ${block * 8192} 8192 127.0.0.1`),
  );
  assert.deepEqual(linesOf(stdout, "rename"), ["rename data moved", "rename data moved"]);
  assert.deepEqual(linesOf(stdout, "symlink"), ["symlink symbolic moved"]);
  assert.deepEqual(
    linesOf(stdout, "remove").toSorted(),
    ["linked", "moved", "symbolic"].flatMap((name) => [`remove ${name}`, `remove ${name}`]),
  );
  // NFS3ERR_NOENT
  for (const line of linesOf(stdout, "absent")) assert.equal(line, "absent 2");
});

/** By their numbers in the protocol. */
const operations: ReadonlyMap<number, string> = new Map<number, string>([
  ...([
    [3, "access"],
    [4, "close"],
    [5, "commit"],
    [6, "create"],
    [9, "getattr"],
  ] as const),
  ...([
    [10, "getfh"],
    [11, "link"],
    [15, "lookup"],
    [18, "open"],
    [22, "putfh"],
  ] as const),
  ...([
    [25, "read"],
    [28, "remove"],
    [29, "rename"],
    [31, "restorefh"],
  ] as const),
  ...([
    [32, "savefh"],
    [34, "setattr"],
    [38, "write"],
    [68, "read-plus"],
  ] as const),
]);

test("nfsv4: each operation once, on both sides, with its arguments", async () => {
  const { stdout, stderr } = await runDtrace(
    [
      ...["-q", "-c", workload(4), "-n"],
      `nfsv4:::op-*, nfsv4:::call-* { @[probename] = count(); }
       nfsv4:::op-write-start
       { printf("write %d %d %s %s\\n", args[2]->offset, args[2]->data_len, args[0]->ci_remote,
             args[0]->ci_protocol); }
       nfsv4:::op-write-done
       { printf("written %d %d %s\\n", args[2]->status, args[2]->WRITE4res_u.resok4.count,
             args[1]->noi_curpath); }
       nfsv4:::op-open-start, nfsv4:::call-open-start /args[2]->opentype/
       { printf("open %s\\n", args[2]->open_claim4_u.file.utf8string_val); }
       nfsv4:::op-rename-start, nfsv4:::call-rename-start
       { printf("rename %s %s\\n", args[2]->oldname.utf8string_val,
             args[2]->newname.utf8string_val); }
       nfsv4:::op-remove-start, nfsv4:::call-remove-start
       { printf("remove %s\\n", args[2]->target.utf8string_val); }
       nfsv4:::call-write-done { printf("done %d %d\\n", args[2]->status, args[2]->count); }
       END { printa("%s %@d\\n", @); }`,
    ],
    { timeoutMs: 60_000 },
  );
  const names = Array.from({ length: 80 }, (_, number) => operations.get(number));
  const served = named(names, growth(stdout, "/proc/net/rpc/nfsd:proc4ops"));
  const wanted = new Set(operations.values());
  assert.deepEqual(
    [...counts(stdout, "op")].filter(([name]) => wanted.has(name)),
    served,
    stderr,
  );
  const known = { write: 5, rename: 1, link: 1, remove: 4, create: 2 };
  for (const [name, count] of Object.entries(known)) {
    assert.equal(counts(stdout, "op").get(name), count, name);
  }
  assert.equal(counts(stdout, "call").get("write"), 5);
  assert.deepEqual(
    linesOf(stdout, "write").toSorted(),
    [0, 1, 2, 3, 4].map((block) => `write ${block * 8192} 8192 127.0.0.1 ipv4`).toSorted(),
  );
  const written = linesOf(stdout, "written");
  assert.equal(written.length, 5);
  for (const line of written) assert.match(line, /^written 0 8192 \S*\/nfs\/served\/data$/);
  assert.deepEqual(
    linesOf(stdout, "done"),
    Array.from({ length: 5 }, () => "done 0 8192"),
  );
  assert.deepEqual(linesOf(stdout, "open"), ["open data", "open data"]);
  assert.deepEqual(linesOf(stdout, "rename"), ["rename data moved", "rename data moved"]);
  assert.deepEqual(
    linesOf(stdout, "remove").toSorted(),
    ["linked", "moved", "symbolic", "within"].flatMap((name) => [
      `remove ${name}`,
      `remove ${name}`,
    ]),
  );
});
