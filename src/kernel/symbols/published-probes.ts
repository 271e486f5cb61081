/**
 * Probes that modules publish with include/dtrace/probes.h. Each is a parameter of its module that
 * has the name of the function to trace, tells the probe's name and turns the probe on.
 */

import { closeSync, openSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { KernelError } from "../kernel-error.ts";
import { readFolderIfThere, readTextIfThere } from "../read-if-there.ts";

export interface PublishedProbe {
  readonly provider: string;
  readonly module: string;
  readonly function: string;
  readonly name: string;
  /** Of the function that is called where the probe fires. */
  readonly symbol: string;
  /** The path of the parameter. */
  readonly switch: string;
}

const modulesFolder = "/sys/module";
const prefix = "dtrace_probe__";

/** Those of one module, or of all that are loaded; in order of module and name. */
export function readPublishedProbes(
  module?: string,
  folder = modulesFolder,
): readonly PublishedProbe[] {
  const modules = module === undefined ? readFolderIfThere(folder).toSorted() : [module];
  return modules.flatMap((name) => {
    const parameters = `${folder}/${name}/parameters`;
    return readFolderIfThere(parameters)
      .filter((parameter) => parameter.startsWith(prefix))
      .sort()
      .flatMap((symbol) => readProbe(name, symbol, `${parameters}/${symbol}`));
  });
}

/** `hworld:hworld:read:lock__taken 1`: its names, and how many have turned it on. */
function readProbe(module: string, symbol: string, path: string): readonly PublishedProbe[] {
  const [names = ""] = readTextIfThere(path).trimEnd().split(" ");
  const [provider = "", , functionName = "", name = ""] = names.split(":");
  if (provider === "" || name === "") return [];
  const shown = name.replaceAll("__", "-");
  return [{ provider, module, function: functionName, name: shown, symbol, switch: path }];
}

/**
 * Until it is disposed of. The open parameter holds nothing of the module and stays that of the
 * module as it is now, so that one loaded later under the same name is left alone.
 */
export function turnOn(path: string): Disposable {
  const descriptor = attempt(`open ${path}`, () => openSync(path, "r+"));
  try {
    attempt(`turn on ${path}`, () => writeSync(descriptor, "1"));
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return {
    [Symbol.dispose]() {
      try {
        writeSync(descriptor, "0");
      } catch (error) {
        // The module is gone, and the probe with it.
        if (!isErrno(error) || error.code !== "ENODEV") throw error;
      } finally {
        closeSync(descriptor);
      }
    },
  };
}

function attempt<T>(call: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new KernelError({ call, errno: Math.abs(error.errno ?? constants.errno.EIO) });
  }
}

const isErrno = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error;
