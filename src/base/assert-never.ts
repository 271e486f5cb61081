/** The end of an exhaustive switch over a `kind`: reached only by a bug of ours. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}: a bug in dtrace`);
}
