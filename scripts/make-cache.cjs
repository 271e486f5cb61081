/**
 * Writes dist/dtrace.cache: what V8 has compiled once a program was compiled by the command. `-e`
 * needs no privilege and goes the way that every start goes.
 */

const { writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");
const { compileBundle } = require("../bin/compile-bundle.cjs");

const program = `
BEGIN { printf("%d %s\\n", pid, execname); x = 1; trace(x); }
syscall::read:entry /pid == 1/ { self->start = timestamp; @[execname] = count(); }
syscall::read:return /self->start/ { @times[probefunc] = quantize(timestamp - self->start); self->start = 0; }
END { exit(0); }`;

const { script, filename } = compileBundle();
process.argv = [process.execPath, "dtrace", "-e", "-n", program];
process.on("exit", () => {
  writeFileSync(join(dirname(filename), "dtrace.cache"), script.createCachedData());
  process.exitCode = 0;
});
const bundle = { exports: {} };
script.runInThisContext()(
  bundle.exports,
  createRequire(filename),
  bundle,
  filename,
  dirname(filename),
);
