/** A folder whose files lie on a block device: in a guest most lie in memory. */
export const diskFolder: string = process.env["DTRACE_TEST_DISK"] ?? ".build";
