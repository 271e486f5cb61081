/**
 * Writes dist/dtrace.cache: what V8 has compiled once a program was compiled by the command. `-e`
 * needs no privilege and goes the way that every start goes.
 */

const { writeFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { dirname } = require("node:path");
const { cacheName, compileBundle, sealed } = require("../bin/compile-bundle.cjs");

const program = `
BEGIN { printf("%d %s\\n", pid, execname); x = 1; trace(x); }
syscall::read:entry /pid == 1/ { self->start = timestamp; @[execname] = count(); }
syscall::read:return /self->start/ { @times[probefunc] = quantize(timestamp - self->start); self->start = 0; }
END { exit(0); }`;

const { script, filename, source } = compileBundle({ useCache: false });
process.argv = [process.execPath, "dtrace", "-e", "-n", program];
process.on("exit", () => {
  writeFileSync(cacheName, sealed(source, script.createCachedData()));
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
