/** The kernels of the lab, all of them Debian's own, and what QEMU needs to boot them. */

export type Architecture = "amd64" | "arm64";

export interface Kernel {
  /** As on the command line: `npm run test:vm -- 6.12 6.1`. */
  readonly name: string;
  readonly architecture: Architecture;
  /** The Debian release that has it. */
  readonly release: string;
}

export const kernels: readonly Kernel[] = [
  { name: "6.12", architecture: "amd64", release: "bookworm-backports" },
  { name: "6.1", architecture: "amd64", release: "bookworm" },
  { name: "6.12-arm64", architecture: "arm64", release: "bookworm-backports" },
];

export interface Machine {
  readonly command: string;
  readonly options: readonly string[];
  readonly console: string;
}

/** Emulation in software: the lab must work where there is no KVM. */
export const machines: Readonly<Record<Architecture, Machine>> = {
  amd64: {
    command: "qemu-system-x86_64",
    options: ["-machine", "q35", "-cpu", "max,la57=off"],
    console: "ttyS0",
  },
  arm64: {
    command: "qemu-system-aarch64",
    // With `-cpu max` QEMU 7.2 breaks the code that V8's optimizing compiler makes: one start of
    // Node in four dies, without any tracing.
    options: ["-machine", "virt", "-cpu", "cortex-a76"],
    console: "ttyAMA0",
  },
};
