/**
 * The one file that knows koffi: a raw system call, the address of a buffer, a view of memory.
 * koffi is loaded by the first call, so that what needs no kernel does not pay for it.
 */

import { createRequire } from "node:module";

/** A word of a system call: registers are 64 bits wide. */
export type Word = number | bigint;

interface Native {
  syscall(number: number, ...words: Word[]): number | bigint;
  address(buffer: ArrayBuffer): bigint;
  view(address: bigint, size: number): ArrayBuffer;
  poll(descriptor: number, onReadable: () => void): Disposable;
}

const loaded: { native?: Native } = {};

/** Buffers whose addresses the next system call may use: the collector must not free them before. */
const pinned: ArrayBuffer[] = [];

function native(): Native {
  loaded.native ??= loadNative();
  return loaded.native;
}

function loadNative(): Native {
  const koffi = loadKoffi();
  const library = koffi.load(null);
  // Seven fixed arguments: variadic calls are ten times slower.
  const call = library.func("long syscall(long, long, long, long, long, long, long)");
  return {
    syscall(number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0) {
      const result: number | bigint = call(number, a, b, c, d, e, f);
      return result === -1 || result === -1n ? -koffi.errno() : result;
    },
    address: (buffer) => koffi.address(buffer),
    view: (address, size) => koffi.view(address, size),
    poll(descriptor, onReadable) {
      const handle = koffi.node.poll(descriptor, { readable: true }, onReadable);
      return { [Symbol.dispose]: () => handle.close() };
    },
  };
}

/**
 * koffi's own native module, the one for glibc if it loads: what koffi puts around it (finding out
 * which it is, deprecated names) takes as long as the module itself.
 */
function loadKoffi(): typeof import("koffi") {
  const require = createRequire(import.meta.url);
  try {
    const { arch } = process;
    const native = `@koromix/koffi-linux-${arch}/linux_${arch}/koffi.node`;
    return createRequire(require.resolve("koffi"))(native);
  } catch {
    return require("koffi");
  }
}

/** A result of -4095 … -1 is a negated errno. */
export function syscall(number: number, ...words: Word[]): number | bigint {
  const result = native().syscall(number, ...words);
  pinned.length = 0;
  return result;
}

/**
 * Valid until the next system call has returned: a buffer that nothing else refers to is freed
 * then, even where a variable still names it. Takes an ArrayBuffer because small typed arrays may
 * live where the collector moves them.
 */
export function addressOf(buffer: ArrayBuffer): bigint {
  pinned.push(buffer);
  return native().address(buffer);
}

/** Memory that the process has mapped, as a buffer on it; the memory must outlive the view. */
export function viewMemory(address: bigint, size: number): ArrayBuffer {
  return native().view(address, size);
}

/**
 * Calls back from the event loop while the descriptor is readable; disposing of the result ends
 * that. The descriptor must stay open for as long.
 */
export function watchReadable(descriptor: number, onReadable: () => void): Disposable {
  return native().poll(descriptor, onReadable);
}

/** NUL-terminated. */
export function asciiBuffer(text: string): ArrayBuffer {
  const bytes = new Uint8Array(text.length + 1);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes.buffer;
}
