/**
 * What a session tells as JSON, an object a line (docs/json.md is the schema). A record is gathered
 * value by value and written at its end, so that a line is always whole.
 */

import type { Ecb, Enabling, Field } from "../../compiler/enabling.ts";
import { flagOption, type Options } from "../../compiler/options/options.ts";
import { recordHeader } from "../../compiler/runtime-layout.ts";
import { inPrintingOrder } from "../../consumer/aggregations/aggregation-rows.ts";
import { viewAggregations } from "../../consumer/aggregations/aggregation-view.ts";
import type { AggregationSnapshot } from "../../consumer/aggregations/aggregations.ts";
import type {
  Following,
  PrintaAction,
  Report,
  ShownAction,
  ShowValue,
} from "../../consumer/events.ts";
import {
  decoderOf,
  type ProbeName,
  probeNames,
  readBytes,
  shapeOfField,
} from "../../consumer/records/decode.ts";
import { packetDecoder } from "../../consumer/records/packet.ts";
import type { RecordView } from "../../consumer/records/record-view.ts";
import { compileRecordFormat } from "../../format/printf.ts";
import type { NameSource } from "../../format/value.ts";
import { childProcess } from "../../kernel/process/child-process.ts";
import { errorText } from "../error-text.ts";
import { byteFormat, formatOptions } from "../text/formats.ts";
import type { OutputFile } from "../text/output-file.ts";
import type { StartedProgram, TraceEnd, TraceOutput } from "../trace-output.ts";
import { aggregationJson } from "./aggregation-json.ts";
import { arrayJson, byteTextJson, integerJson, objectJson, textJson } from "./json-text.ts";
import { endJson, noticeJson, probeJson, reportJson, startJson } from "./lifecycle-json.ts";
import { printedJson } from "./printed-json.ts";
import { hexadecimalOf, valueJson } from "./value-json.ts";

export interface JsonOutputParts {
  readonly enabling: Enabling;
  readonly options: Options;
  readonly output: OutputFile;
  readonly names: NameSource;
}

type ActionOf<Name extends ShownAction["name"]> = Extract<ShownAction, { readonly name: Name }>;

/** One recorded action as an object. */
type ActionJson = (record: RecordView) => string;

/** A record between its begin and its end; commit() brings others in between. */
interface OpenRecord {
  readonly ecb: Ecb;
  readonly values: string[];
}

const mostCommandOutput = 64 * 1024 * 1024;

export class JsonOutput implements TraceOutput {
  readonly #parts: JsonOutputParts;
  readonly #probeName: ProbeName;
  /** `"epid":1,"probe":{…}` by EPID, made when first needed. */
  readonly #sources: string[] = [];
  readonly #open: OpenRecord[] = [];

  constructor(parts: JsonOutputParts) {
    this.#parts = parts;
    this.#probeName = probeNames(parts.enabling);
  }

  started(programs: readonly StartedProgram[]): void {
    this.#write(startJson(programs));
    // Should the kernel refuse what follows, its error is written after this line.
    this.flush();
  }

  stability(text: string): void {
    this.#write(objectJson({ kind: '"stability"', text: textJson(text) }));
  }

  notice(message: string): void {
    this.#write(noticeJson(message));
  }

  prepare(ecb: Ecb, action: ShownAction): ShowValue {
    const json = this.#actionJson(ecb, action);
    return (record) => {
      this.#open.at(-1)?.values.push(json(record));
    };
  }

  recordBegins(ecb: Ecb, _record: RecordView, _following: Following): void {
    this.#open.push({ ecb, values: [] });
  }

  recordEnds(ecb: Ecb, record: RecordView): void {
    const values = this.#open.pop()?.values ?? [];
    if (values.length === 0 && flagOption(this.#parts.options, "quiet")) return;
    const time = integerJson(record.unsigned64(recordHeader.timestamp));
    this.#write(
      `{"kind":"record","timestamp":${time},"cpu":${record.cpu},` +
        `${this.#sourceOf(ecb)},"values":${arrayJson(values)}}`,
    );
  }

  cpuBegins(): void {
    // Each record names its CPU.
  }

  printa(_action: PrintaAction, snapshots: readonly AggregationSnapshot[]): void {
    const ecb = this.#open.at(-1)?.ecb;
    this.#writeAggregations(snapshots, ecb === undefined ? "" : `,${this.#sourceOf(ecb)}`);
  }

  #sourceOf({ epid, probe }: Ecb): string {
    const known = this.#sources[epid - 1];
    if (known !== undefined) return known;
    const source = `"epid":${epid},"probe":${probeJson(probe)}`;
    this.#sources[epid - 1] = source;
    return source;
  }

  truncateOutput(): void {
    this.#parts.output.truncate();
  }

  optionChanged(): void {
    // Options are read where they count.
  }

  interrupted(): void {
    // The `end` object says it.
  }

  report(report: Report): void {
    if (report.kind === "target-ended" && flagOption(this.#parts.options, "quiet")) return;
    this.#write(reportJson(report));
  }

  ended({ status, remaining, interrupted }: TraceEnd): void {
    for (const snapshot of inPrintingOrder(remaining, this.#parts.options)) {
      this.#writeAggregations([snapshot], "");
    }
    this.#write(endJson({ status, interrupted }));
    this.flush();
  }

  flush(): void {
    this.#parts.output.flush();
  }

  #write(json: string): void {
    this.#parts.output.write(`${json}\n`);
  }

  /** A line for each key, with the values of all aggregations that are shown side by side. */
  #writeAggregations(snapshots: readonly AggregationSnapshot[], source: string): void {
    const { options, names } = this.#parts;
    const { printed, batches } = viewAggregations(snapshots, {
      options,
      probeName: this.#probeName,
    });
    for (const { key, values } of [...batches].flat()) {
      const keys = key.map((value, index) => {
        const shape = printed.keyShapes[index];
        return shape === undefined ? "null" : valueJson(shape, value, names);
      });
      const aggregations = snapshots.flatMap(({ layout }, index) => {
        const value = values[index];
        return value === undefined ? [] : aggregationJson(layout, value);
      });
      this.#write(
        `{"kind":"aggregation"${source},"key":${arrayJson(keys)},` +
          `"values":${arrayJson(aggregations)}}`,
      );
    }
  }

  #actionJson(ecb: Ecb, action: ShownAction): ActionJson {
    switch (action.name) {
      case "trace":
      case "stack":
        return this.#traced(action);
      case "print":
        return this.#print(action);
      case "tracemem":
        return this.#tracemem(action);
      case "pcap":
        return this.#packet(action);
      case "printf":
        return this.#printf(action);
      case "system": {
        const text = this.#formatted(action);
        return (record) => this.#runCommand(text(record));
      }
      default: {
        const text = this.#formatted(action);
        return (record) => this.#reopen(ecb, text(record));
      }
    }
  }

  #traced({ name, value }: ActionOf<"trace" | "stack">): ActionJson {
    const json = this.#field(value);
    return (record) => `{"action":"${name}","value":${json(record)}}`;
  }

  #print({ value, type, typeName }: ActionOf<"print">): ActionJson {
    const head = `{"action":"print","type":${textJson(typeName)},"value":`;
    return (record) => `${head}${printedJson(type, readBytes(record, value))}}`;
  }

  #tracemem({ value, dynamicSize }: ActionOf<"tracemem">): ActionJson {
    const decode = decoderOf(value, this.#probeName);
    const size = dynamicSize && decoderOf(dynamicSize, this.#probeName);
    return (record) => {
      const bytes = decode(record);
      const whole = bytes instanceof Uint8Array ? bytes : new Uint8Array();
      const wanted = size ? Number(size(record)) : 0;
      const shown = wanted > 0 && wanted <= whole.length ? wanted : whole.length;
      return `{"action":"tracemem","bytes":"${hexadecimalOf(whole.subarray(0, shown))}"}`;
    };
  }

  #packet(action: ActionOf<"pcap">): ActionJson {
    const decode = packetDecoder(action, this.#probeName);
    return (record) => {
      const { time, protocol, length, bytes } = decode(record);
      return objectJson({
        action: '"pcap"',
        time: integerJson(time),
        protocol: String(protocol),
        length: String(length),
        bytes: `"${hexadecimalOf(bytes)}"`,
      });
    };
  }

  #printf(action: ActionOf<"printf" | "system" | "freopen">): ActionJson {
    const text = this.#formatted(action);
    const fields = action.arguments.map((field) => this.#field(field));
    return (record) => {
      const { value, bytes } = byteTextJson(text(record));
      const values = fields.map((json) => json(record));
      return objectJson({ action: '"printf"', text: value, bytes, arguments: arrayJson(values) });
    };
  }

  #field(field: Field): ActionJson {
    const decode = decoderOf(field, this.#probeName);
    const shape = shapeOfField(field);
    const { names } = this.#parts;
    return (record) => valueJson(shape, decode(record), names);
  }

  #formatted(action: ActionOf<"printf" | "system" | "freopen">): (record: RecordView) => string {
    const values = action.arguments.map((field) => ({
      shape: shapeOfField(field),
      read: decoderOf(field, this.#probeName),
    }));
    const { options, names } = this.#parts;
    return compileRecordFormat(
      byteFormat(action.format),
      { values },
      formatOptions(options, names),
    );
  }

  /** What the command prints becomes part of the record: it may not stand between the lines. */
  #runCommand(command: string): string {
    this.flush();
    const { stdout, status } = childProcess().spawnSync(
      "/bin/sh",
      ["-c", Buffer.from(command, "latin1").toString()],
      { stdio: ["inherit", "pipe", "inherit"], maxBuffer: mostCommandOutput },
    );
    const { value, bytes } = byteTextJson(Buffer.from(stdout).toString("latin1"));
    return objectJson({
      action: '"system"',
      command: byteTextJson(command).value,
      status: status === null ? undefined : String(status),
      output: value,
      bytes,
    });
  }

  #reopen(ecb: Ecb, name: string): string {
    const path = Buffer.from(name, "latin1").toString();
    try {
      this.#parts.output.reopen(path === "" ? undefined : path);
    } catch (error) {
      const message = `couldn't freopen() "${name}": ${errorText(error)}`;
      this.report({ kind: "action-failed", ecb, message });
    }
    return objectJson({ action: '"freopen"', path: textJson(path) });
  }
}
