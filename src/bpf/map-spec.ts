/** A map as a blueprint: what to create, not a kernel object. */

export type MapType =
  | "hash"
  | "array"
  | "percpu-hash"
  | "percpu-array"
  | "lru-hash"
  | "array-of-maps"
  | "ring-buffer"
  | "task-storage"
  | "stack-trace"
  | "program-array";

export type MapFlag = "mappable" | "no-preallocation" | "read-only-program";

export interface MapSpec {
  /** Unique within an enabling; the kernel sees its first 15 characters. */
  readonly name: string;
  readonly type: MapType;
  /** 0 where the type has no keys (ring-buffer). */
  readonly keySize: number;
  /** For `array-of-maps` 4, the size of a descriptor. */
  readonly valueSize: number;
  /** For `ring-buffer` the size in bytes: a power of two, a multiple of the page size. */
  readonly maxEntries: number;
  readonly flags: readonly MapFlag[];
  /**
   * For `array-of-maps`: what every element is. The loader creates `maxEntries` of them, one a
   * possible CPU, in the order of the index.
   */
  readonly inner?: MapSpec;
  /** For `array`: the bytes of the elements from index 0 on, written before any program is loaded. */
  readonly contents?: Uint8Array;
  /** Freeze after `contents` is written, so that the verifier knows the bytes as constants. */
  readonly frozen?: boolean;
}
