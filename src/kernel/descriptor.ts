/** Descriptors: opened once, owned by one object, closed when it is disposed of. */

import { syscall } from "./native.ts";
import { systemCallNumber } from "./system-call-numbers.ts";

const open = { count: 0 };

export class FileDescriptor implements Disposable {
  #number: number;

  private constructor(number: number) {
    this.#number = number;
    open.count += 1;
  }

  /** Takes over a descriptor that a system call has just made. */
  static own(number: number): FileDescriptor {
    return new FileDescriptor(number);
  }

  get number(): number {
    if (this.#number < 0) throw new Error("a closed descriptor is used: a bug in dtrace");
    return this.#number;
  }

  [Symbol.dispose](): void {
    if (this.#number < 0) return;
    syscall(systemCallNumber("close"), this.#number);
    this.#number = -1;
    open.count -= 1;
  }
}

/** Descriptors owned and not yet closed: what a leak check compares. */
export function openDescriptorCount(): number {
  return open.count;
}

/** Disposes of several things in reverse order, all of them even where one fails. */
export class Disposables implements Disposable {
  readonly #owned: Disposable[] = [];

  use<T extends Disposable>(owned: T): T {
    this.#owned.push(owned);
    return owned;
  }

  [Symbol.dispose](): void {
    let failure: unknown;
    for (const owned of this.#owned.splice(0).reverse()) {
      try {
        owned[Symbol.dispose]();
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }
}
