/**
 * Compiles dist/dtrace.cjs, from V8's own code where that was made by this Node. V8 trusts that
 * code without a look at most of it: a checksum tells whether it is whole and of this bundle.
 */

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

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

/** The code with a checksum of both behind it. */
exports.sealed = (source, code) => {
  const checksum = Buffer.alloc(checksumSize);
  checksum.writeInt32LE(checksumOf(code, bundleOf(source)));
  return Buffer.concat([code, checksum]);
};

/** The build ends the bundle with a digest of it. */
const bundleOf = (source) => checksumOf(source.subarray(-64), source.length);

/** By words: in a few milliseconds less than loading Node's zlib takes, which has a better one. */
function checksumOf(bytes, start) {
  const count = bytes.length >> 2;
  const words =
    bytes.byteOffset % 4 === 0
      ? new Int32Array(bytes.buffer, bytes.byteOffset, count)
      : new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + count * 4));
  let sum = start ^ bytes.length;
  for (let at = 0; at < count; at += 1) sum = Math.imul(sum ^ words[at], 0x01000193);
  for (let at = count * 4; at < bytes.length; at += 1) sum = Math.imul(sum ^ bytes[at], 0x01000193);
  return sum;
}

function readCache(source) {
  try {
    const bytes = readFileSync(cacheName);
    const code = bytes.subarray(0, bytes.length - checksumSize);
    const checksum = checksumOf(code, bundleOf(source));
    return bytes.readInt32LE(code.length) === checksum ? code : undefined;
  } catch {
    return undefined;
  }
}
