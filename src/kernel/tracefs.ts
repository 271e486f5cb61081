/**
 * tracefs: the names, ids and formats of trace events. Where nobody has mounted it, it is mounted
 * for us alone: the mount has no place in any name space and goes when its descriptor does.
 */

import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { FileDescriptor } from "./descriptor.ts";
import { checkResult, KernelError } from "./kernel-error.ts";
import { addressOf, asciiBuffer, syscall } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

export interface TraceEvent {
  /** What perf events take as `config`. */
  readonly id: number;
  /** The `format` file: fields with offsets, sizes and signs, and how the kernel prints them. */
  readonly format: string;
}

const FSOPEN_CLOEXEC = 1;
const FSCONFIG_CMD_CREATE = 6;
const FSMOUNT_CLOEXEC = 1;
const MOUNT_ATTR_RDONLY = 1;
const MOUNT_ATTR_NOSUID = 2;
const MOUNT_ATTR_NODEV = 4;
const MOUNT_ATTR_NOEXEC = 8;

const mountRemedy = "run as root, or have tracefs mounted at /sys/kernel/tracing";
const readRemedy = "run as root or with CAP_DAC_READ_SEARCH";

const places = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"];

export class TraceFs implements Disposable {
  readonly #root: string;
  readonly #mount: FileDescriptor | undefined;

  private constructor(root: string, mount?: FileDescriptor) {
    this.#root = root;
    this.#mount = mount;
  }

  /** Where it is mounted, else a mount of our own. Throws KernelError where there is none. */
  static open(): TraceFs {
    for (const place of places) if (refusalAt(place) === undefined) return new TraceFs(place);
    const mount = mountDetached();
    return new TraceFs(`/proc/self/fd/${mount.number}`, mount);
  }

  /** `system:event` of every trace event, as the kernel lists them. */
  availableEvents(): readonly string[] {
    return readFileSync(`${this.#root}/available_events`, "latin1").split("\n").filter(Boolean);
  }

  /**
   * Lines of `function` or `function [module]`, behind an address of 16 digits from Linux 6.5 on;
   * empty where the kernel cannot trace functions.
   */
  tracedFunctions(): string {
    const files = ["available_filter_functions_addrs", "available_filter_functions"];
    const path = files.map((name) => `${this.#root}/${name}`).find(existsSync);
    return path === undefined ? "" : readFileSync(path, "latin1");
  }

  /** Undefined where there is no such event. */
  findEvent(system: string, event: string): TraceEvent | undefined {
    const folder = `${this.#root}/events/${system}/${event}`;
    if (!existsSync(`${folder}/id`)) return undefined;
    return {
      id: Number(readFileSync(`${folder}/id`, "latin1")),
      format: readFileSync(`${folder}/format`, "latin1"),
    };
  }

  [Symbol.dispose](): void {
    this.#mount?.[Symbol.dispose]();
  }
}

/** Its files can be read only by who may; an unreadable mount is as good as none. */
function refusalAt(place: string): string | undefined {
  try {
    readFileSync(`${place}/events/header_page`);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? "";
  }
}

function mountDetached(): FileDescriptor {
  const type = asciiBuffer("tracefs");
  const opened = syscall(systemCallNumber("fsopen"), addressOf(type), FSOPEN_CLOEXEC);
  const hidden = places.find((place) => refusalAt(place) === "EACCES");
  if (opened < 0 && hidden !== undefined) {
    throw new KernelError({
      call: `read ${hidden}`,
      errno: constants.errno.EACCES,
      remedy: readRemedy,
    });
  }
  using context = FileDescriptor.own(checkResult(opened, "open tracefs", mountRemedy));
  const configure = systemCallNumber("fsconfig");
  const created = syscall(configure, context.number, FSCONFIG_CMD_CREATE, 0, 0, 0);
  checkResult(created, "create tracefs", mountRemedy);
  const attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  const mounted = syscall(systemCallNumber("fsmount"), context.number, FSMOUNT_CLOEXEC, attributes);
  return FileDescriptor.own(checkResult(mounted, "mount tracefs", mountRemedy));
}
