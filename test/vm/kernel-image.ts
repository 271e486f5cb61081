/** A kernel of the lab on disk: its image, its modules, and the small system it begins with. */

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dependencyOf, downloadPackages, unpackPackage } from "./apt.ts";
import { type ArchiveFile, writeArchive } from "./cpio.ts";
import { cacheFolder } from "./folders.ts";
import type { Architecture, Kernel } from "./kernels.ts";

export interface KernelImage {
  readonly version: string;
  readonly image: string;
  readonly initialRoot: string;
  /** The folder with `lib/modules/<version>`. */
  readonly root: string;
}

/** What the guest needs before it sees the host's files. */
const modules = ["virtio_pci", "9pnet_virtio", "9p", "overlay"];

export function fetchKernel(kernel: Kernel): KernelImage {
  const { architecture, release } = kernel;
  const packageName = dependencyOf(architecture, `linux-image-${architecture}`, release);
  const version = packageName.replace("linux-image-", "");
  const root = `${cacheFolder}/${packageName}`;
  const image = `${root}/boot/vmlinuz-${version}`;
  const initialRoot = `${root}/initial-root.cpio`;
  if (!existsSync(initialRoot)) {
    for (const archive of downloadPackages(architecture, [packageName], {
      into: `${root}.packages`,
      alone: true,
    })) {
      unpackPackage(archive, root);
    }
    execFileSync("depmod", ["--basedir", root, version]);
  }
  writeFileSync(initialRoot, makeInitialRoot(architecture, `${root}/lib/modules/${version}`));
  return { version, image, initialRoot, root };
}

function makeInitialRoot(architecture: Architecture, moduleFolder: string): Buffer {
  const init = readFileSync(new URL("guest/init.sh", import.meta.url));
  const loaded = modulesInOrder(moduleFolder);
  const files: ArchiveFile[] = [
    ...["bin", "dev", "proc", "sys", "lower", "upper", "root", "modules"].map((path) => ({
      path,
      mode: 0o040755,
    })),
    { path: "dev/console", mode: 0o020600, device: [5, 1] },
    { path: "init", mode: 0o100755, content: init },
    { path: "bin/busybox", mode: 0o100755, content: readFileSync(busyboxOf(architecture)) },
    ...loaded.map((path, index) => ({
      path: `modules/${String(index).padStart(2, "0")}.ko`,
      mode: 0o100644,
      content: readModule(`${moduleFolder}/${path}`),
    })),
  ];
  return writeArchive(files);
}

function busyboxOf(architecture: Architecture): string {
  const folder = `${cacheFolder}/busybox-${architecture}`;
  if (!existsSync(`${folder}/bin/busybox`)) {
    const into = `${folder}.packages`;
    for (const archive of downloadPackages(architecture, ["busybox-static"], {
      into,
      alone: true,
    })) {
      unpackPackage(archive, folder);
    }
  }
  return `${folder}/bin/busybox`;
}

/** Paths of the modules, each after those it depends on. What is built in is not among them. */
function modulesInOrder(folder: string): readonly string[] {
  const dependencies = new Map(
    readFileSync(`${folder}/modules.dep`, "utf8")
      .trim()
      .split("\n")
      .map((line): [string, readonly string[]] => {
        const [path = "", rest = ""] = line.split(":");
        return [path, rest.trim() === "" ? [] : rest.trim().split(" ")];
      }),
  );
  const ordered = new Set<string>();
  const add = (path: string): void => {
    for (const dependency of dependencies.get(path) ?? []) add(dependency);
    ordered.add(path);
  };
  for (const path of dependencies.keys()) {
    const name = /([^/]+)\.ko(\.xz)?$/.exec(path)?.[1];
    if (name !== undefined && modules.includes(name)) add(path);
  }
  return [...ordered];
}

/** The kernel as ELF, out of what an x86 boot loader loads (Documentation/arch/x86/boot.rst). */
export function unpackedKernel({ image }: KernelImage): Buffer {
  const bytes = readFileSync(image);
  const setup = (bytes.readUInt8(0x1f1) + 1) * 512;
  const start = setup + bytes.readUInt32LE(0x248);
  const payload = bytes.subarray(start, start + bytes.readUInt32LE(0x24c));
  if (payload.readUInt32BE(0) !== 0xfd37_7a58) throw new Error(`${image} is not packed by xz`);
  return execFileSync("xz", ["--decompress", "--stdout", "--single-stream"], {
    input: payload,
    maxBuffer: 1 << 28,
  });
}

function readModule(path: string): Buffer {
  if (!path.endsWith(".xz")) return readFileSync(path);
  return execFileSync("xz", ["--decompress", "--stdout", path], { maxBuffer: 1 << 26 });
}
