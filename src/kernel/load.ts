/** Blueprints → kernel objects: creates the maps of an enabling, loads its programs. */

import { encodeProgram } from "../bpf/encode.ts";
import type { MapSpec } from "../bpf/map-spec.ts";
import { type ProgramSpec, programLicence } from "../bpf/program-spec.ts";
import {
  createMap,
  freezeMap,
  loadBtf,
  loadProgram as loadProgramAttributes,
  noPrivilege,
  type ProgramAttributes,
  updateBatch,
  updateElement,
} from "./bpf-syscall.ts";
import { Disposables, type FileDescriptor } from "./descriptor.ts";
import { KernelError, objectionIn, VerifierError } from "./kernel-error.ts";
import { btfIds, programFunctions, storageBtf } from "./program-btf.ts";

export interface LoadedMap {
  readonly spec: MapSpec;
  readonly descriptor: FileDescriptor;
  /** The elements of an array-of-maps, by index. */
  readonly inner: readonly FileDescriptor[];
}

/** The maps of an enabling by name; disposing of it closes them. */
export class LoadedMaps implements Disposable {
  readonly #maps = new Map<string, LoadedMap>();
  readonly #owned = new Disposables();

  readonly #base: LoadedMaps | undefined;

  private constructor(base: LoadedMaps | undefined) {
    this.#base = base;
  }

  /** What is not among them is looked for in `base`. */
  static create(specs: readonly MapSpec[], base?: LoadedMaps): LoadedMaps {
    const maps = new LoadedMaps(base);
    try {
      for (const spec of specs) maps.#create(spec);
      return maps;
    } catch (error) {
      maps[Symbol.dispose]();
      throw error;
    }
  }

  all(): readonly LoadedMap[] {
    return [...this.#maps.values()];
  }

  find(name: string): LoadedMap | undefined {
    return this.#maps.get(name) ?? this.#base?.find(name);
  }

  get(name: string): LoadedMap {
    const map = this.find(name);
    if (map === undefined) throw new Error(`no map ${name}: a bug in dtrace`);
    return map;
  }

  [Symbol.dispose](): void {
    this.#maps.clear();
    this.#owned[Symbol.dispose]();
  }

  #create(spec: MapSpec): void {
    const inner = spec.inner === undefined ? [] : this.#createInner(spec.inner, spec.maxEntries);
    const descriptor = this.#owned.use(
      spec.type === "task-storage" ? createStorage(spec) : createMap({ ...spec, inner: inner[0] }),
    );
    if (inner.length > 0) {
      const keys = new Uint32Array(inner.keys()).buffer;
      const values = new Uint32Array(inner.map((element) => element.number)).buffer;
      updateBatch(descriptor, { keys, values, count: inner.length });
    }
    if (spec.contents !== undefined) writeContents(descriptor, spec, spec.contents);
    if (spec.frozen) freezeMap(descriptor);
    this.#maps.set(spec.name, { spec, descriptor, inner });
  }

  #createInner(spec: MapSpec, count: number): readonly FileDescriptor[] {
    return Array.from({ length: count }, () =>
      this.#owned.use(createMap({ ...spec, inner: undefined })),
    );
  }
}

function createStorage(spec: MapSpec): FileDescriptor {
  using btf = loadBtf(storageBtf(spec.valueSize));
  return createMap({
    ...spec,
    inner: undefined,
    btf: { descriptor: btf, key: btfIds.int, value: btfIds.structure },
  });
}

function writeContents(map: FileDescriptor, spec: MapSpec, contents: Uint8Array): void {
  const count = Math.ceil(contents.length / spec.valueSize);
  const keys = Uint32Array.from({ length: count }, (_, index) => index).buffer;
  const values = new Uint8Array(count * spec.valueSize);
  values.set(contents);
  updateBatch(map, { keys, values: values.buffer, count });
}

/** A program in the kernel. */
export interface LoadedProgram extends Disposable {
  readonly spec: ProgramSpec;
  readonly descriptor: FileDescriptor;
}

/** Makes the program what calls of `map` at these indexes run. */
export function setTailCalls(
  { descriptor }: LoadedMap,
  indexes: readonly number[],
  program: FileDescriptor,
): void {
  const value = Uint32Array.of(program.number).buffer;
  for (const index of indexes) updateElement(descriptor, Uint32Array.of(index).buffer, value);
}

const firstLogSize = 1 << 20;
const lastLogSize = 1 << 28;

/**
 * Loads one program: without a log, which is faster, and once more with one if it is refused.
 * `kernelFunction` gives the BTF id of a kfunc.
 */
export function loadProgram(
  spec: ProgramSpec,
  maps: LoadedMaps,
  kernelFunction: (name: string) => number = unknownFunction,
): LoadedProgram {
  const encoded = encodeProgram(spec, {
    mapDescriptor: (name) => maps.get(name).descriptor.number,
    kernelFunction,
  });
  using types = needsFunctionTypes(spec) ? functionTypes(spec, encoded.functionStarts) : undefined;
  const attributes: ProgramAttributes = {
    name: spec.name,
    type: spec.type,
    attachType: spec.attachType,
    attachBtfId: spec.attachBtfId,
    instructions: encoded.bytes,
    licence: programLicence,
    functions: types?.functions,
  };

  let load = loadProgramAttributes(attributes, 0);
  for (let size = firstLogSize; load.kind === "refused" && size <= lastLogSize; size *= 16) {
    load = loadProgramAttributes(attributes, size);
    // ENOSPC: the log does not fit.
    if (load.kind === "refused" && load.errno !== 28) break;
  }
  if (load.kind === "loaded") {
    const { descriptor } = load;
    return { spec, descriptor, [Symbol.dispose]: () => descriptor[Symbol.dispose]() };
  }
  throw refusalOf(spec, load, encoded.spans);
}

function refusalOf(
  spec: ProgramSpec,
  { errno, log }: { readonly errno: number; readonly log: string },
  spans: ReturnType<typeof encodeProgram>["spans"],
): KernelError {
  const call = `load program ${spec.name}`;
  if (log === "") {
    const remedy = errno === 1 ? noPrivilege : undefined;
    return new KernelError({ call, errno, remedy });
  }
  const at = refusedInstruction(log);
  const span = at === undefined ? undefined : spans[at];
  return new VerifierError({ call, errno }, { log, span });
}

/**
 * The objection, on the log's last line, may name its instruction; else it is the last one that
 * the log shows as `12: (85) call …`.
 */
function refusedInstruction(log: string): number | undefined {
  const named = /\binsn (\d+)/.exec(objectionIn(log));
  const shown = [...log.matchAll(/^(\d+): \([0-9a-f]{2}\)/gm)].at(-1);
  const number = named?.[1] ?? shown?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Static subprograms need no BTF; the others do (kernel/bpf/verifier.c, check_btf_func). */
function needsFunctionTypes(spec: ProgramSpec): boolean {
  return spec.functions.some(({ role }) => role === "callback" || role === "global");
}

interface FunctionTypes extends Disposable {
  readonly functions: ProgramAttributes["functions"];
}

function functionTypes(spec: ProgramSpec, starts: readonly number[]): FunctionTypes {
  const { btf: blob, records } = programFunctions(spec, starts);
  const btf = loadBtf(blob);
  return {
    functions: { btf, records, count: spec.functions.length },
    [Symbol.dispose]: () => btf[Symbol.dispose](),
  };
}

function unknownFunction(name: string): never {
  throw new Error(`kernel function ${name} is not resolved: a bug in dtrace`);
}
