/** Values as DTrace shows them: an input describes what was recorded and how it is to be printed. */

import { formatBytes, formatTracedInteger, hexDump } from "../../src/format/bytes.ts";
import { goldenSuite } from "../harness/golden.ts";
import { type PrintScene, printScene } from "../harness/print-scene.ts";
import { type PrintaScene, printaScene } from "../harness/printa-scene.ts";

/** One of these; which one, the fields tell. */
type Scene =
  | PrintaScene
  | PrintScene
  | { readonly kind: "trace"; readonly integers: readonly TracedInteger[] }
  | {
      readonly kind: "bytes";
      readonly texts: readonly string[];
      readonly quiet: boolean;
      readonly raw: boolean;
    }
  | { readonly kind: "tracemem"; readonly text: string };

interface TracedInteger {
  readonly size: 1 | 2 | 4 | 8;
  readonly value: string;
}

goldenSuite({
  folder: "format",
  input: ".json",
  output: ".txt",
  selects: () => true,
  // Text is bytes; a golden file shows the characters they make.
  produce: (source) => Buffer.from(shown(JSON.parse(source) as Scene), "latin1").toString(),
});

function shown(scene: Scene): string {
  switch (scene.kind) {
    case "printa":
      return printaScene(scene);
    case "print":
      return printScene(scene);
    case "trace":
      return [false, true]
        .map((quiet) => scene.integers.map((each) => `|${traced(each, quiet)}|\n`).join(""))
        .join("");
    case "bytes":
      return scene.texts.map((text) => `|${formatBytes(latin1(text), scene)}|\n`).join("");
    case "tracemem":
      return hexDump(latin1(scene.text));
  }
}

const traced = ({ size, value }: TracedInteger, quiet: boolean): string =>
  formatTracedInteger(BigInt(value), { size, quiet });

const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
