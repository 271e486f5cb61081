/** Options of tracing: buffers, rates, limits, and how what is traced is shown. */

import type { OptionEntry } from "./option-entry.ts";

const distribution =
  '@["short"] = lquantize(1, 0, 10, 1); @["long"] = lquantize(8, 0, 10, 1); exit(0);';

const counts = 'BEGIN { @["a", 3] = sum(10); @["b", 2] = sum(30); @["c", 1] = sum(20); exit(0); }';

export const runOptions = {
  aggsize: {
    text:
      "The memory of each aggregation: what does not fit is an " +
      "[aggregation drop](diagnostics.md#drops). Keys that `trunc()` takes away keep their room.",
    example: "BEGIN { @a[1] = count(); exit(0); }",
    arguments: ["-q", "-x", "aggsize=64k"],
  },
  bufpolicy: {
    text:
      "What happens when a CPU's principal buffer is full. `switch`: what comes is dropped until the " +
      "buffer has been read. `fill`: tracing ends. `ring`: the oldest records give way, and what is " +
      "left is shown at the end.",
    example: 'tick-1ms { n++; printf("%d ", n); } tick-1ms /n == 5/ { exit(0); }',
    arguments: ["-q", "-x", "bufpolicy=ring", "-x", "bufsize=4k"],
    varies: true,
  },
  bufresize: { text: "A buffer that does not fit in memory is an error." },
  bufsize: {
    text: "The size of each CPU's principal buffer, as `-b` sets it. It becomes a power of two.",
    example: "BEGIN { trace(1); exit(0); }",
    arguments: ["-q", "-x", "bufsize=16k"],
  },
  cleanrate: {
    text: "A speculation is free as soon as it was committed or discarded.",
  },
  cpu: {
    text: "Traces on this CPU only: probes that fire elsewhere do nothing.",
    example: "BEGIN { } profile-100hz { @[cpu] = count(); } tick-100ms { exit(0); }",
    arguments: ["-q", "-x", "cpu=0"],
    varies: true,
  },
  destructive: {
    text: "Allows [destructive actions](actions.md#destructive-actions), as `-w` does.",
    example: 'BEGIN { system("echo hello"); exit(0); }',
    arguments: ["-q", "-x", "destructive"],
  },
  dynvarsize: {
    text:
      "The memory of thread-local variables and associative arrays: an element that finds no room " +
      "stays 0, and is a [dynamic variable drop](diagnostics.md#drops).",
    example: "BEGIN { a[1] = 7; trace(a[1]); exit(0); }",
    arguments: ["-q", "-x", "dynvarsize=64k"],
  },
  grabanon: { text: "There is no anonymous tracing." },
  jstackframes: {
    text: "How many frames `jstack()` records where it does not say.",
    example: "syscall::exit_group:entry /pid == $target/ { jstack(); }",
    arguments: ["-q", "-x", "jstackframes=1", "-c", "true"],
    varies: true,
  },
  jstackstrsize: {
    text: "How many bytes of names `jstack()` keeps where it does not say.",
    example: "syscall::exit_group:entry /pid == $target/ { jstack(1); }",
    arguments: ["-q", "-x", "jstackstrsize=1k", "-c", "true"],
    varies: true,
  },
  nspec: {
    text:
      "How many speculations there can be at a time. `speculation()` gives 0 when none is free, and " +
      "that is a [drop](diagnostics.md#drops).",
    example: "BEGIN { trace(speculation()); trace(speculation()); exit(0); }",
    arguments: ["-q", "-x", "nspec=2"],
  },
  pcapsize: {
    text: "How many bytes of a packet [`pcap()`](actions.md#pcap) keeps.",
    example: "sdt:net::net_dev_queue /pid == $target/ { pcap(args[0], PCAP_IP); }",
    arguments: ["-q", "-x", "pcapsize=28", "-c", "bash -c echo>/dev/udp/127.0.0.1/9"],
    varies: true,
  },
  specsize: {
    text: "The size of a speculation: what does not fit is a [speculative drop](diagnostics.md#drops).",
    example:
      "BEGIN { i = speculation(); } BEGIN { speculate(i); trace(7); } BEGIN { commit(i); } tick-10ms { exit(0); }",
    arguments: ["-q", "-x", "specsize=1k"],
  },
  stackframes: {
    text: "How many frames `stack()` records where it does not say.",
    example: "syscall::exit_group:entry /pid == $target/ { stack(); }",
    arguments: ["-q", "-x", "stackframes=1", "-c", "true"],
    varies: true,
  },
  statusrate: {
    text: "How often drops, the end of the traced processes and `exit()` are looked for.",
    example: "BEGIN { exit(0); }",
    arguments: ["-q", "-x", "statusrate=10hz"],
  },
  strsize: {
    text: "How many characters a string can have: what is longer is cut.",
    example: 'BEGIN { trace(strjoin("abcdef", "ghijkl")); exit(0); }',
    arguments: ["-q", "-x", "strsize=8"],
  },
  temporal: {
    text:
      "Shows the records of all CPUs in the order in which they were made. Without it each CPU's " +
      "buffer is shown in turn.",
    example: "BEGIN { trace(1); } BEGIN { trace(2); exit(0); }",
    arguments: ["-q", "-x", "temporal=off"],
  },
  ustackframes: {
    text: "How many frames `ustack()` records where it does not say.",
    example: "syscall::exit_group:entry /pid == $target/ { ustack(); }",
    arguments: ["-q", "-x", "ustackframes=1", "-c", "true"],
    varies: true,
  },

  agghist: {
    text: "Draws a bar beside each value of `count()` and its kin.",
    example: counts,
    arguments: ["-q", "-x", "agghist"],
  },
  aggpack: {
    text: "Draws each distribution in one line, whose heights are characters.",
    example: `BEGIN { ${distribution} }`,
    arguments: ["-q", "-x", "aggpack", "-x", "encoding=ascii"],
  },
  aggrate: { text: "Aggregations are read when they are printed." },
  aggsortkey: {
    text: "Sorts aggregations by their keys, and by values only where those are equal.",
    example: counts,
    arguments: ["-q", "-x", "aggsortkey"],
  },
  aggsortkeypos: {
    text: "The key that `aggsortkey` looks at first, counted from 0.",
    example: counts,
    arguments: ["-q", "-x", "aggsortkey", "-x", "aggsortkeypos=1"],
  },
  aggsortpos: {
    text: "The aggregation by whose values `printa()` of several sorts, counted from 0.",
    example:
      'BEGIN { @a["x"] = sum(1); @b["x"] = sum(9); @a["y"] = sum(2); @b["y"] = sum(8); ' +
      'printa("%s %@d %@d ", @a, @b); exit(0); }',
    arguments: ["-q", "-x", "aggsortpos=1"],
  },
  aggsortrev: {
    text: "Turns the order of aggregations round: largest first.",
    example: counts,
    arguments: ["-q", "-x", "aggsortrev"],
  },
  aggzoom: {
    text: "The longest bar of a distribution takes the whole width, whatever its share.",
    example: "BEGIN { @ = lquantize(1, 0, 3, 1); @ = lquantize(2, 0, 3, 1); exit(0); }",
    arguments: ["-q", "-x", "aggzoom"],
  },
  flowindent: {
    text: "Indents by `entry` and `return` probes, as `-F` does.",
    example: "syscall::exit_group:entry /pid == $target/ { trace(arg0); }",
    arguments: ["-x", "flowindent", "-c", "true"],
    varies: true,
  },
  quiet: {
    text: "Shows only what the program asks for, as `-q` does: no matches, CPUs, ids and names.",
    example: "BEGIN { trace(7); exit(0); }",
    arguments: ["-x", "quiet"],
  },
  rawbytes: {
    text: "Shows strings and arrays of characters as bytes.",
    example: 'BEGIN { trace("hello"); exit(0); }',
    arguments: ["-q", "-x", "rawbytes"],
  },
  stackindent: {
    text: "How many spaces stand before each frame of a stack.",
    example: "syscall::exit_group:entry /pid == $target/ { stack(2); }",
    arguments: ["-q", "-x", "stackindent=2", "-c", "true"],
    varies: true,
  },
  switchrate: {
    text: "How often buffers are read: how old at most is what is shown.",
    example: "BEGIN { trace(7); } tick-50ms { exit(0); }",
    arguments: ["-q", "-x", "switchrate=20hz"],
  },
} as const satisfies Readonly<Record<string, OptionEntry>>;
