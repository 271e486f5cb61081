/**
 * Debian packages of any processor, without touching the host's packages: apt with lists, state
 * and archives of its own below the cache folder.
 */

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { cacheFolder } from "./folders.ts";
import type { Architecture } from "./kernels.ts";

const mirror = "http://deb.debian.org";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
/** Else lists that cannot be had are no error. */
const strict = ["-o", "APT::Update::Error-Mode=any"];
const listsAreFreshMs = 24 * 3600 * 1000;

const sources = [
  "debian bookworm",
  "debian bookworm-backports",
  "debian-security bookworm-security",
]
  .map((archive) => `deb [signed-by=${keyring}] ${mirror}/${archive} main\n`)
  .join("");

/** Downloads packages with everything they depend on, or alone; tells the paths of the archives. */
export function downloadPackages(
  architecture: Architecture,
  names: readonly string[],
  { into, alone }: { readonly into: string; readonly alone: boolean },
): readonly string[] {
  const options = prepareApt(architecture);
  mkdirSync(`${into}/partial`, { recursive: true });
  if (alone) {
    download(names, [...options, "download", ...names], into);
  } else {
    const install = ["--download-only", "--yes", "--no-install-recommends", "install", ...names];
    const archives = ["-o", `Dir::Cache::archives=${into}`];
    download(names, [...options, ...archives, ...install], into);
  }
  return readdirSync(into)
    .filter((name) => name.endsWith(".deb"))
    .map((name) => `${into}/${name}`);
}

/** The package that a package of one release stands for: `linux-image-amd64` → its newest kernel. */
export function dependencyOf(architecture: Architecture, name: string, release: string): string {
  const options = prepareApt(architecture);
  const shown = execFileSync("apt-cache", [...options, "show", name], { encoding: "utf8" });
  const wanted = release.endsWith("-backports");
  const versions = shown
    .split("\n\n")
    .filter((entry) => /^Version: .*~bpo/m.test(entry) === wanted)
    .map((entry) => /^Depends: (\S+)/m.exec(entry)?.[1])
    .filter((dependency) => dependency !== undefined);
  const [newest] = versions;
  if (newest === undefined) throw new Error(`no ${name} in ${release}`);
  return newest;
}

/** The names of the packages that the newest package of this name depends on. */
export function packageDependencies(architecture: Architecture, name: string): readonly string[] {
  const options = prepareApt(architecture);
  const shown = execFileSync("apt-cache", [...options, "show", "--no-all-versions", name], {
    encoding: "utf8",
  });
  const depends = /^Depends: (.*)/m.exec(shown)?.[1] ?? "";
  return depends.split(", ").map((dependency) => dependency.replace(/ .*/, ""));
}

export function unpackPackage(archive: string, root: string): void {
  mkdirSync(root, { recursive: true });
  execFileSync("dpkg-deb", ["-x", archive, root]);
}

/** Whoever reads of a failure learns what was wanted, and from where. */
function download(what: readonly string[], words: readonly string[], folder: string): void {
  const { status, stderr, error } = spawnSync("apt-get", words, { cwd: folder, encoding: "utf8" });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim();
  throw new Error(`cannot download ${what.join(", ")} from ${mirror} into ${folder}:\n${why}`);
}

function prepareApt(architecture: Architecture): readonly string[] {
  const folder = `${cacheFolder}/apt-${architecture}`;
  mkdirSync(`${folder}/state/lists/partial`, { recursive: true });
  mkdirSync(`${folder}/cache/archives/partial`, { recursive: true });
  writeFileSync(`${folder}/sources.list`, sources);
  if (!existsSync(`${folder}/status`)) writeFileSync(`${folder}/status`, "");
  const options = [
    `APT::Architecture=${architecture}`,
    `APT::Architectures::=${architecture}`,
    "APT::Sandbox::User=root",
    `Dir::State=${folder}/state`,
    `Dir::State::status=${folder}/status`,
    `Dir::Cache=${folder}/cache`,
    `Dir::Etc::sourcelist=${folder}/sources.list`,
    "Dir::Etc::sourceparts=/dev/null",
  ].flatMap((option) => ["-o", option]);
  const stamp = `${folder}/updated`;
  if (!existsSync(stamp) || Date.now() - statSync(stamp).mtimeMs > listsAreFreshMs) {
    download(
      [`the lists of packages for ${architecture}`],
      [...options, ...strict, "update"],
      folder,
    );
    writeFileSync(stamp, "");
  }
  return options;
}
