/** The run-time options that sizes of maps, records and keys depend on. */

export interface CodegenOptions {
  /** 1, unless this enabling adds to another. */
  readonly firstEpid: number;
  /** Bytes of a string, its NUL included: one more than the option tells. */
  readonly strsize: number;
  /** Bytes of a CPU's principal buffer. */
  readonly bufsize: number;
  /** Bytes of a CPU's aggregation buffer: bounds the entries of all aggregations together. */
  readonly aggsize: number;
  /** Bytes for the elements of associative arrays. */
  readonly dynvarsize: number;
  /** Speculations that can be had at once. */
  readonly nspec: number;
  /** Bytes of records one speculation may hold. */
  readonly specsize: number;
  readonly stackframes: number;
  readonly ustackframes: number;
  /** Bytes of a packet that pcap() records. */
  readonly pcapsize: number;
  /** The system's page, of which ring buffers are made. */
  readonly pageSize: number;
  /** Keep what `-S` shows: the IR of which the programs are made. */
  readonly listing: boolean;
}

export const defaultCodegenOptions: CodegenOptions = {
  firstEpid: 1,
  strsize: 256,
  bufsize: 4 << 20,
  aggsize: 4 << 20,
  dynvarsize: 1 << 20,
  nspec: 1,
  specsize: 32 << 10,
  stackframes: 20,
  ustackframes: 20,
  pcapsize: 2048,
  pageSize: 4096,
  listing: false,
};
