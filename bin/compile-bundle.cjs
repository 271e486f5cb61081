/**
 * Compiles dist/dtrace.cjs, from V8's own code where that was made by this Node. V8 trusts that
 * code without a look at most of it: a checksum tells whether it is whole and of this bundle.
 */

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");
const zlib = require("node:zlib");

const folder = join(__dirname, "..", "dist");
const filename = join(folder, "dtrace.cjs");
const cacheName = join(folder, "dtrace.cache");
const checksumSize = 4;

exports.cacheName = cacheName;

exports.compileBundle = ({ useCache }) => {
  const source = readFileSync(filename);
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    { filename, cachedData: useCache ? readCache(source) : undefined },
  );
  return { script, filename, source };
};

/** The code with its checksum behind it; where Node has none the code is not used either. */
exports.sealed = (source, code) => {
  const checksum = Buffer.alloc(checksumSize);
  checksum.writeUInt32LE(zlib.crc32?.(code, zlib.crc32(source)) ?? 0);
  return Buffer.concat([code, checksum]);
};

function readCache(source) {
  try {
    const bytes = readFileSync(cacheName);
    const code = bytes.subarray(0, bytes.length - checksumSize);
    const checksum = zlib.crc32(code, zlib.crc32(source));
    return bytes.readUInt32LE(code.length) === checksum ? code : undefined;
  } catch {
    return undefined;
  }
}
