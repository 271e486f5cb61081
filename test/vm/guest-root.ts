/**
 * The files a guest runs from: the host's own where the processor is the host's; else a root of
 * Debian's packages with the registry's Node and koffi for that processor, and the project over it.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { downloadPackages, unpackPackage } from "./apt.ts";
import { cacheFolder, projectFolder } from "./folders.ts";
import type { Architecture } from "./kernels.ts";

export interface GuestRoot {
  readonly root: string;
  readonly mounts: ReadonlyMap<string, string>;
}

const hostArchitecture: Architecture = process.arch === "arm64" ? "arm64" : "amd64";

/** What the tests run: programs to trace, a compiler for them, tools that tell the truth. */
const packages = [
  ...["bash", "coreutils", "dash", "e2fsprogs", "findutils", "gawk", "grep", "mount", "sed"],
  ...["gcc", "libc-bin", "libc6-dev", "python3-minimal", "util-linux"],
  ...[
    "bpftool",
    "iproute2",
    "kmod",
    "libcap2-bin",
    "linux-perf",
    "nfs-common",
    "nfs-kernel-server",
  ],
  ...["bsdutils", "procps", "strace"],
];

/** rpcbind runs as a user of its own. */
const usersFile = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65534::/:/bin/false
_rpc:x:101:65534::/run/rpcbind:/bin/false
`;

export function guestRoot(architecture: Architecture): GuestRoot {
  if (architecture === hostArchitecture) {
    // A guest has these folders of its own.
    const isHidden = /^\/(tmp|run|dev)\//.test(projectFolder);
    return { root: "/", mounts: new Map(isHidden ? [[projectFolder, projectFolder]] : []) };
  }
  const contents = [...packages, usersFile].join(" ");
  const list = createHash("sha256").update(contents).digest("hex").slice(0, 8);
  const root = `${cacheFolder}/root-${architecture}-${list}`;
  if (!existsSync(root)) {
    const made = `${root}.new`;
    rmSync(made, { recursive: true, force: true });
    makeRoot(architecture, made);
    renameSync(made, root);
  }
  const nodePackages = `${cacheFolder}/packages-${architecture}`;
  if (!existsSync(nodePackages)) makePackages(architecture, nodePackages);
  for (const name of portablePackages) {
    const source = `${projectFolder}/node_modules/${name}`;
    if (!existsSync(`${nodePackages}/${name}`) && existsSync(source)) {
      cpSync(source, `${nodePackages}/${name}`, { recursive: true });
    }
  }
  return {
    root,
    mounts: new Map([
      [projectFolder, projectFolder],
      [`${projectFolder}/node_modules`, nodePackages],
    ]),
  };
}

function makeRoot(architecture: Architecture, root: string): void {
  for (const archive of downloadPackages(architecture, packages, {
    into: `${cacheFolder}/root-${architecture}.packages`,
    alone: false,
  })) {
    unpackPackage(archive, root);
  }
  // Packages still hold both places; systems have one.
  for (const folder of ["bin", "sbin", "lib"]) {
    cpSync(`${root}/${folder}`, `${root}/usr/${folder}`, {
      recursive: true,
      verbatimSymlinks: true,
    });
    rmSync(`${root}/${folder}`, { recursive: true });
    symlinkSync(`usr/${folder}`, `${root}/${folder}`);
  }
  for (const folder of ["dev", "proc", "sys", "tmp", "run", "root", "lab"]) {
    mkdirSync(`${root}/${folder}`, { recursive: true });
  }
  if (!existsSync(`${root}/bin/sh`)) symlinkSync("dash", `${root}/bin/sh`);
  if (!existsSync(`${root}/usr/bin/awk`)) symlinkSync("gawk", `${root}/usr/bin/awk`);
  writeFileSync(`${root}/etc/passwd`, usersFile);
  writeFileSync(`${root}/etc/group`, "root:x:0:\nnogroup:x:65534:\n");
  writeFileSync(`${root}/etc/hosts`, "127.0.0.1 localhost lab\n");
  const node = registryPackage(`node-linux-${architecture}`, process.versions.node);
  cpSync(`${node}/bin/node`, `${root}/usr/bin/node`);
}

/** Those that the tests use and that have no native part. */
const portablePackages = ["@alexaltea/capstone-js", "fast-check", "pure-rand"];

/** The host's koffi, with the native part of koffi for the guest. */
function makePackages(architecture: Architecture, folder: string): void {
  const own = `${projectFolder}/node_modules`;
  const made = `${folder}.new`;
  mkdirSync(made, { recursive: true });
  const koffi: unknown = JSON.parse(readFileSync(`${own}/koffi/package.json`, "utf8"));
  const version =
    typeof koffi === "object" && koffi !== null && "version" in koffi ? `${koffi.version}` : "";
  cpSync(`${own}/koffi`, `${made}/koffi`, { recursive: true });
  const native = `@koromix/koffi-linux-${architecture}`;
  cpSync(registryPackage(native, version), `${made}/${native}`, { recursive: true });
  renameSync(made, folder);
}

function registryPackage(name: string, version: string): string {
  const folder = `${cacheFolder}/${name.replace("/", "+")}-${version}`;
  if (existsSync(`${folder}/package`)) return `${folder}/package`;
  mkdirSync(folder, { recursive: true });
  const wanted = `${name}@${version}`;
  const packed = spawnSync("npm", ["pack", wanted], { cwd: folder, encoding: "utf8" });
  if (packed.status !== 0) {
    const why = packed.error?.message ?? packed.stderr.trim();
    throw new Error(`cannot download ${wanted} from npm's registry into ${folder}:\n${why}`);
  }
  execFileSync("tar", ["-xzf", packed.stdout.trim()], { cwd: folder });
  return `${folder}/package`;
}
