/**
 * All types of one compilation: D's own, those the program declares, and the kernel's, which are
 * looked up when they are named. Derived types are made once, so that identity means sameness.
 */

import {
  findFloatType,
  findIntegerType,
  standardTypedefs,
  stringType,
  voidType,
} from "./base-types.ts";
import type { ArrayType, DType, ForwardType, PointerType, QualifiedType } from "./d-type.ts";
import type { KernelTypes, Tag } from "./kernel-types.ts";
import { resolveType } from "./type-queries.ts";

export interface TypeSource {
  /** `vmlinux` first. */
  readonly modules: readonly string[];
  kernelTypes(module: string): KernelTypes | undefined;
}

/** Called before a name is given up: it may declare the name meanwhile. */
export type Supply = (space: "typedef" | "tag", name: string) => void;

interface Definitions {
  readonly typedefs: Map<string, DType>;
  /** By `struct name`. */
  readonly tags: Map<string, DType>;
}

const newDefinitions = (): Definitions => ({ typedefs: new Map(), tags: new Map() });

/** `module` is undefined or empty where a name is not scoped. */
export interface ScopedName {
  readonly module: string | undefined;
  readonly name: string;
}

export class TypeUniverse {
  readonly #source: TypeSource;
  readonly #pointers = new WeakMap<DType, PointerType>();
  readonly #arrays = new WeakMap<DType, Map<number, ArrayType>>();
  readonly #qualified = new WeakMap<DType, Map<string, QualifiedType>>();
  readonly #program = newDefinitions();
  readonly #libraries = newDefinitions();
  #current: Definitions = this.#program;
  #supply: Supply = () => undefined;
  readonly #forwards = new Map<string, ForwardType>();

  /** What tables name by C text, once it has been read. */
  readonly typesByText = new Map<string, DType>();

  constructor(source: TypeSource) {
    this.#source = source;
  }

  pointerTo(type: DType): PointerType {
    const known = this.#pointers.get(type);
    if (known) return known;
    const made: PointerType = { kind: "pointer", to: () => type };
    this.#pointers.set(type, made);
    return made;
  }

  arrayOf(element: DType, length: number): ArrayType {
    const ofElement = this.#arrays.get(element) ?? new Map<number, ArrayType>();
    this.#arrays.set(element, ofElement);
    const known = ofElement.get(length);
    if (known) return known;
    const made: ArrayType = { kind: "array", element: () => element, length };
    ofElement.set(length, made);
    return made;
  }

  qualify(qualifier: QualifiedType["qualifier"], type: DType): QualifiedType {
    const ofType = this.#qualified.get(type) ?? new Map<string, QualifiedType>();
    this.#qualified.set(type, ofType);
    const known = ofType.get(qualifier);
    if (known) return known;
    const made: QualifiedType = { kind: "qualified", qualifier, to: () => type };
    ofType.set(qualifier, made);
    return made;
  }

  /** `supply` is told each name that the program does not define, before the kernel is asked. */
  useLibraries(supply: Supply): void {
    this.#supply = supply;
  }

  /** Programs may hide what libraries declare, and libraries see nothing of programs. */
  within<Result>(layer: "program" | "libraries", run: () => Result): Result {
    const outer = this.#current;
    this.#current = layer === "program" ? this.#program : this.#libraries;
    try {
      return run();
    } finally {
      this.#current = outer;
    }
  }

  /** A typedef of the program; it hides the kernel's of the same name. */
  declareTypedef(name: string, to: DType): void {
    this.#current.typedefs.set(name, { kind: "typedef", name, to: () => to });
  }

  /** Names of types that the program and D declare: one of them may have been meant. */
  get typedefNames(): readonly string[] {
    return [...this.#program.typedefs.keys(), ...standardTypedefs.keys()];
  }

  /** What the program and the kernel define; one of these may have been meant. */
  namesOf(kind: Tag | "typedef"): readonly string[] {
    const own =
      kind === "typedef"
        ? this.typedefNames
        : [...this.#program.tags.keys()].flatMap((each) =>
            each.startsWith(`${kind} `) ? [each.slice(kind.length + 1)] : [],
          );
    const kernel = this.#source.modules.map((module) => this.#source.kernelTypes(module));
    return [...own, ...kernel.flatMap((types) => [...(types?.namesOf(kind) ?? [])])];
  }

  declareTag(tag: Tag, name: string, type: DType): void {
    this.#current.tags.set(`${tag} ${name}`, type);
  }

  /** A typedef the program itself or D declares; neither libraries nor the kernel are asked. */
  findOwnTypedef(name: string): DType | undefined {
    if (name === "string") return stringType;
    return this.#current.typedefs.get(name) ?? standardTypedefs.get(name);
  }

  findOwnTag(tag: Tag, name: string): DType | undefined {
    return this.#current.tags.get(`${tag} ${name}`);
  }

  #findDeclaredTypedef(name: string): DType | undefined {
    const own = this.findOwnTypedef(name) ?? this.#libraries.typedefs.get(name);
    if (own) return own;
    this.#supply("typedef", name);
    return this.#libraries.typedefs.get(name);
  }

  #findDeclaredTag(tag: Tag, name: string): DType | undefined {
    const own = this.findOwnTag(tag, name) ?? this.#libraries.tags.get(`${tag} ${name}`);
    if (own) return own;
    this.#supply("tag", name);
    return this.#libraries.tags.get(`${tag} ${name}`);
  }

  findTypedef({ module, name }: ScopedName): DType | undefined {
    if (isOwnModule(module)) return this.#findDeclaredTypedef(name) ?? findBasicType(name);
    if (module === undefined || module === "") {
      const own = this.#findDeclaredTypedef(name);
      if (own) return own;
    }
    return this.#searchKernel(module, (types) => types.findTypedef(name));
  }

  /** Undefined where no definition is known: `forward` then gives the type. */
  findTag(tag: Tag, { module, name }: ScopedName): DType | undefined {
    if (isOwnModule(module)) return this.#findDeclaredTag(tag, name);
    if (module === undefined || module === "") {
      const own = this.#findDeclaredTag(tag, name);
      if (own) return own;
    }
    return this.#searchKernel(module, (types) => types.findTag(tag, name));
  }

  forward(tag: Tag, name: string): ForwardType {
    const key = `${tag} ${name}`;
    const known = this.#forwards.get(key);
    if (known) return known;
    const made: ForwardType = { kind: "forward", tag, name };
    this.#forwards.set(key, made);
    return made;
  }

  /** Follows a forward declaration to its definition, wherever that is. */
  complete(type: DType): ReturnType<typeof resolveType> {
    const resolved = resolveType(type);
    if (resolved.kind !== "forward") return resolved;
    const found = this.findTag(resolved.tag, { module: undefined, name: resolved.name });
    return found ? resolveType(found) : resolved;
  }

  typeById(module: string, id: number): DType | undefined {
    return this.#source.kernelTypes(module)?.typeById(id);
  }

  hasModule(module: string): boolean {
    return isOwnModule(module) || this.#source.kernelTypes(kernelModule(module)) !== undefined;
  }

  #searchKernel(
    module: string | undefined,
    find: (types: KernelTypes) => DType | undefined,
  ): DType | undefined {
    if (module !== undefined && module !== "") {
      const types = this.#source.kernelTypes(kernelModule(module));
      return types && find(types);
    }
    for (const each of this.#source.modules) {
      const types = this.#source.kernelTypes(each);
      const found = types && find(types);
      if (found) return found;
    }
    return undefined;
  }
}

/** `` D`name `` and `` C`name `` are the program's own types. */
const isOwnModule = (module: string | undefined): boolean => module === "D" || module === "C";

/** Solaris scripts say `unix` or `genunix`, and `kernel` is anybody's word for the core kernel. */
const coreKernelNames: ReadonlySet<string> = new Set(["kernel", "unix", "genunix"]);

export const kernelModule = (name: string): string =>
  coreKernelNames.has(name) ? "vmlinux" : name;

/** A type spelled with C's own words. */
export function findBasicType(name: string): DType | undefined {
  if (name === "void") return voidType;
  if (name === "string") return stringType;
  return findIntegerType(name) ?? findFloatType(name);
}
