/** What the guide says of faults of running programs and of what is dropped. */

import type { DropKind, faultCodes } from "../../../src/compiler/runtime-layout.ts";
import type { OptionEntry } from "./options/option-entry.ts";

export type FaultName = keyof typeof faultCodes;

export const faultEntries: Readonly<Record<FaultName, OptionEntry>> = {
  unknown: { text: "A fault of which nothing more is known." },
  badAddress: {
    text:
      "Nothing readable is at the address, which the message and `arg5` of `ERROR` tell. User " +
      "addresses are read by `copyin()` and `copyinstr()` only, and their page must be in memory.",
    example: "BEGIN { trace(*(int *)16); exit(0); } ERROR { exit(0); }",
  },
  badAlignment: { text: "The address does not suit the type. The processors we run on allow it." },
  illegalOperation: {
    text: "A size or a length that cannot be, or an action that is not allowed at this place.",
    example: "BEGIN { chill(1000000000); } ERROR { exit(0); }",
    arguments: ["-q", "-w"],
  },
  divideByZero: {
    text: "The right operand of `/` or `%` was 0.",
    example: "int zero; BEGIN { trace(7 / zero); } ERROR { exit(0); }",
  },
  noScratch: {
    text:
      "The firing asked for more memory for strings, `copyin()` and `alloca()` than its scratch " +
      "space has.",
    example: "BEGIN { p = alloca(1 << 30); } ERROR { exit(0); }",
  },
  kernelPrivilege: { text: "Who may trace here may read the kernel's memory: it does not happen." },
  userPrivilege: { text: "Who may trace here may read all processes' memory: it does not happen." },
  tupleOverflow: {
    text: "Keys that are too large are errors of the compiler: it does not happen.",
  },
  badStack: { text: "A stack that cannot be followed ends there: it does not happen." },
};

export const dropEntries: Readonly<Record<DropKind, OptionEntry>> = {
  principal: {
    text:
      "Records that found no room in the CPU's principal buffer: trace less, make " +
      "[`bufsize`](options.md#bufsize) larger or [`switchrate`](options.md#switchrate) quicker.",
    example: "syscall::write:entry /pid == $target/ { trace(timestamp); }",
    arguments: [
      ...["-q", "-x", "droptags", "-x", "bufsize=4k", "-o", "/dev/null"],
      ...["-c", "dd if=/dev/zero of=/dev/null bs=1 count=5000 status=none"],
    ],
    varies: true,
  },
  aggregation: {
    text:
      "Keys that found no room in an aggregation: use fewer, or make " +
      "[`aggsize`](options.md#aggsize) larger.",
  },
  dynamicVariable: {
    text:
      "Elements of associative arrays or thread-local variables that found no room; they stay 0. " +
      "Assign 0 to what is no longer needed, or make [`dynvarsize`](options.md#dynvarsize) larger.",
  },
  speculation: {
    text:
      "Speculative records that found no room: make [`specsize`](options.md#specsize) larger, or " +
      "commit or discard earlier.",
    example:
      "BEGIN { i = speculation(); } BEGIN { speculate(i); tracemem(curthread, 512); } BEGIN { exit(0); }",
    arguments: ["-q", "-x", "droptags", "-x", "specsize=64"],
  },
  speculationBusy: {
    text: "A speculation is free as soon as it was committed or discarded: it does not happen.",
  },
  speculationUnavailable: {
    text:
      "`speculation()` found all speculations in use: make [`nspec`](options.md#nspec) larger, or " +
      "commit or discard earlier.",
    example: "BEGIN { a = speculation(); b = speculation(); exit(0); }",
    arguments: ["-q", "-x", "droptags"],
  },
  stackStringTable: {
    text:
      "Names of a `jstack()` or `ustack()` that found no room: make " +
      "[`jstackstrsize`](options.md#jstackstrsize) larger.",
  },
  doubleError: {
    text: "An `ERROR` clause had a fault itself. Nothing more happens for it.",
    example: "BEGIN { trace(*(int *)0); } ERROR { trace(*(int *)0); } END { } BEGIN { exit(0); }",
    arguments: ["-q", "-x", "droptags"],
  },
};
