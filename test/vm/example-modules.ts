/**
 * The modules of `examples/` and `test/modules/` for a kernel of the lab, built on the host as an author builds them:
 * with Debian's headers, and with types, for which the headers of some kernels lack the kernel's.
 */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename } from "node:path";
import { downloadPackages, packageDependencies, unpackPackage } from "./apt.ts";
import { cacheFolder, projectFolder } from "./folders.ts";
import { type KernelImage, unpackedKernel } from "./kernel-image.ts";
import type { Architecture, Kernel } from "./kernels.ts";

const modules = ["examples/hworld", "test/modules/known-locks"];
const sources = ["include/dtrace", ...modules];
const hostArchitecture: Architecture = process.arch === "arm64" ? "arm64" : "amd64";

/** The folder that has `hworld.ko` and `known_locks.ko`; built once for each kernel and state of the sources. */
export function exampleModules({ architecture }: Kernel, image: KernelImage): string {
  const built = `${cacheFolder}/modules-${image.version}-${stateOfSources()}`;
  if (existsSync(built)) return built;
  const headers = kernelHeaders(architecture, image);
  const folder = `${built}.${process.pid}`;
  for (const source of sources) {
    cpSync(`${projectFolder}/${source}`, `${folder}/${source}`, { recursive: true });
  }
  const tools = [
    unpackedTool("pahole", ["pahole", "libbpf1", "libdw1", "libelf1"]),
    ...(architecture === hostArchitecture ? [] : [crossCompiler(architecture)]),
  ];
  const environment = { ...process.env, ...environmentOf(tools) };
  mkdirSync(`${folder}/built`);
  for (const module of modules) {
    const made = execFileSync(
      "make",
      [
        ...["-C", `${folder}/${module}`, `KERNEL=${headers}`],
        // There are no ids to resolve, and not all headers come with the program.
        "RESOLVE_BTFIDS=true",
      ],
      { env: environment, encoding: "utf8" },
    );
    const name = `${basename(module).replace("-", "_")}.ko`;
    if (!existsSync(`${folder}/${module}/${name}`)) throw new Error(`no ${name}:\n${made}`);
    copyFileSync(`${folder}/${module}/${name}`, `${folder}/built/${name}`);
  }
  renameSync(`${folder}/built`, built);
  rmSync(folder, { recursive: true });
  return built;
}

function stateOfSources(): string {
  const hash = createHash("sha256");
  for (const source of sources) {
    const names = readdirSync(`${projectFolder}/${source}`).sort();
    for (const name of names.filter((one) => !one.endsWith(".md"))) {
      hash.update(name).update(readFileSync(`${projectFolder}/${source}/${name}`));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** Where `/lib/modules/<version>/build` leads; the packages name each other by absolute paths. */
function kernelHeaders(architecture: Architecture, image: KernelImage): string {
  const { version } = image;
  const root = `${cacheFolder}/linux-headers-${version}`;
  const folder = `${root}/usr/src/linux-headers-${version}`;
  if (existsSync(folder)) return folder;
  const made = `${root}.${process.pid}`;
  const own = `linux-headers-${version}`;
  const others = packageDependencies(architecture, own).filter((name) =>
    /^linux-(headers-.*-common|kbuild)/.test(name),
  );
  for (const [from, names] of [
    [architecture, [own]],
    [hostArchitecture, others],
  ] as const) {
    const into = `${cacheFolder}/linux-headers-${version}.packages-${from}`;
    for (const archive of downloadPackages(from, names, { into, alone: true })) {
      unpackPackage(archive, made);
    }
  }
  const makefile = `${made}/usr/src/${own}/Makefile`;
  const text = readFileSync(makefile, "utf8");
  writeFileSync(makefile, text.replaceAll("/usr/src/", `${root}/usr/src/`));
  const kernel = `${made}/usr/src/${own}/vmlinux`;
  if (!existsSync(kernel)) writeFileSync(kernel, unpackedKernel(image));
  renameSync(made, root);
  return folder;
}

/** A program of Debian's that the host need not have. */
function unpackedTool(name: string, packages: readonly string[]): string {
  const root = `${cacheFolder}/${name}-${hostArchitecture}`;
  if (existsSync(root)) return root;
  const made = `${root}.${process.pid}`;
  mkdirSync(made, { recursive: true });
  const into = `${root}.packages`;
  for (const archive of downloadPackages(hostArchitecture, packages, { into, alone: true })) {
    unpackPackage(archive, made);
  }
  renameSync(made, root);
  return root;
}

const triplets = { amd64: "x86_64-linux-gnu", arm64: "aarch64-linux-gnu" } as const;

/** Of the release whose compiler built the kernels. */
function crossCompiler(architecture: Architecture): string {
  const target = triplets[architecture].replace("_", "-");
  const gcc = `gcc-12-${target}`;
  return unpackedTool(gcc, [
    gcc,
    `cpp-12-${target}`,
    `binutils-${target}`,
    `libgcc-12-dev-${architecture}-cross`,
  ]);
}

function environmentOf(tools: readonly string[]): NodeJS.ProcessEnv {
  const libraries = tools.map((root) => `${root}/usr/lib/${triplets[hostArchitecture]}`);
  const programs = tools.map((root) => `${root}/usr/bin`);
  return {
    PATH: [...programs, process.env["PATH"]].join(":"),
    LD_LIBRARY_PATH: libraries.join(":"),
  };
}
