/** Compiles dist/dtrace.cjs, from V8's own code where that was made by this Node. */

const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const vm = require("node:vm");

const folder = join(__dirname, "..", "dist");
const filename = join(folder, "dtrace.cjs");

exports.compileBundle = (cachedData) => {
  const source = readFileSync(filename, "utf8");
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
    { filename, cachedData },
  );
  return { script, filename };
};

exports.readCache = () => {
  try {
    return readFileSync(join(folder, "dtrace.cache"));
  } catch {
    return undefined;
  }
};
