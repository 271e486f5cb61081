/** dtrace(1)'s text: what a session tells, written as columns and lines. */

import type { Ecb, Enabling, Field } from "../../compiler/enabling.ts";
import { flagOption, type Options } from "../../compiler/options/options.ts";
import type { DType } from "../../compiler/types/d-type.ts";
import { formatType } from "../../compiler/types/type-names.ts";
import { inPrintingOrder } from "../../consumer/aggregations/aggregation-rows.ts";
import {
  type AggregationView,
  viewAggregations,
} from "../../consumer/aggregations/aggregation-view.ts";
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
import type { AggregationFunction } from "../../format/aggregations/functions.ts";
import { isPackable, type PackedOptions } from "../../format/aggregations/packed.ts";
import { formatBytes, formatString, formatTracedInteger, hexDump } from "../../format/bytes.ts";
import { capturedPacket, captureFileHeader } from "../../format/capture.ts";
import { formatPrint, type PrintableType } from "../../format/print.ts";
import {
  compilePrinta,
  formatEntries,
  formatHistogram,
  formatPacked,
} from "../../format/printa.ts";
import { compileRecordFormat, type FormatOptions } from "../../format/printf.ts";
import { formatStack } from "../../format/stack.ts";
import { formatSymbol, type NameSource, type Value } from "../../format/value.ts";
import { childProcess } from "../../kernel/process/child-process.ts";
import { errorText } from "../error-text.ts";
import type { StartedProgram, TraceEnd, TraceOutput } from "../trace-output.ts";
import { bytesAsText, byteText } from "./byte-text.ts";
import { byteFormat, formatOptions } from "./formats.ts";
import type { OutputFile } from "./output-file.ts";
import { RecordColumns } from "./record-columns.ts";
import { reportText } from "./report-text.ts";

export interface TextOutputParts {
  readonly enabling: Enabling;
  readonly options: Options;
  readonly output: OutputFile;
  readonly names: NameSource;
  readonly writeError: (message: string) => void;
}

type ActionOf<Name extends ShownAction["name"]> = Extract<ShownAction, { readonly name: Name }>;

export class TextOutput implements TraceOutput {
  readonly #parts: TextOutputParts;
  readonly #output: OutputFile;
  readonly #columns: RecordColumns;
  readonly #probeName: ProbeName;
  /** Read for every record: looked up when an option changes. */
  #shown = { quiet: false, flowindent: false };

  constructor(parts: TextOutputParts) {
    this.#parts = parts;
    this.#output = parts.output;
    this.#columns = new RecordColumns(parts.enabling.ecbs);
    this.#probeName = probeNames(parts.enabling);
    this.optionChanged();
  }

  optionChanged(): void {
    const { options } = this.#parts;
    this.#shown = {
      quiet: flagOption(options, "quiet"),
      flowindent: flagOption(options, "flowindent"),
    };
  }

  started(programs: readonly StartedProgram[]): void {
    for (const { title, matched } of programs) {
      this.notice(`${title} matched ${matched} probe${matched === 1 ? "" : "s"}`);
    }
  }

  stability(text: string): void {
    this.#output.write(text);
  }

  notice(message: string): void {
    this.#parts.writeError(message);
  }

  cpuBegins(): void {
    this.#columns.restart();
  }

  recordBegins(ecb: Ecb, record: RecordView, following: Following): void {
    const columns = this.#columns.before(ecb, record.cpu, following, this.#shown);
    if (columns !== "") this.#output.write(columns);
  }

  recordEnds(): void {
    if (!this.#shown.quiet) this.#output.write("\n");
  }

  prepare(ecb: Ecb, action: ShownAction): ShowValue {
    switch (action.name) {
      case "trace":
        return this.#traced(action.value);
      case "print":
        return this.#print(action);
      case "tracemem":
        return this.#tracemem(action);
      case "pcap":
        return this.#packet(action);
      case "stack": {
        const decode = decoderOf(action.value, this.#probeName);
        return (record) => this.#output.write(this.#valueText(action.value, decode(record)));
      }
      case "printf": {
        const text = this.#formatted(action);
        return (record) => this.#output.write(text(record));
      }
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

  printa({ format }: PrintaAction, snapshots: readonly AggregationSnapshot[]): void {
    const view = this.#view(snapshots);
    if (format === undefined) {
      this.#output.write("\n");
      this.#writeColumns(view);
      return;
    }
    const print = compilePrinta(byteFormat(format), view.printed, this.#formatOptions());
    for (const batch of view.batches) this.#output.write(print(batch));
  }

  /** Each aggregation that is left is shown in the default form. */
  ended({ remaining }: TraceEnd): void {
    this.#output.write("\n");
    for (const snapshot of inPrintingOrder(remaining, this.#parts.options)) {
      this.#writeColumns(this.#view([snapshot]));
    }
    this.#output.flush();
  }

  truncateOutput(): void {
    this.#output.truncate();
  }

  interrupted(): void {
    this.#output.write("\n");
  }

  report(report: Report): void {
    // Notices go with quiet; drops and errors never do.
    if (report.kind === "target-ended" && this.#shown.quiet) return;
    this.#output.flush();
    const dropTags = flagOption(this.#parts.options, "droptags");
    this.#parts.writeError(reportText(report, { dropTags }));
  }

  flush(): void {
    this.#output.flush();
  }

  #traced(field: Field): ShowValue {
    const decode = decoderOf(field, this.#probeName);
    const { shape } = field;
    if (shape.kind === "integer") {
      const { size } = shape;
      return (record) => {
        const { quiet } = this.#shown;
        // A decoder of an integer field gives an integer.
        this.#output.write(formatTracedInteger(decode(record) as number, { size, quiet }));
      };
    }
    return (record) => this.#output.write(this.#valueText(field, decode(record)));
  }

  #valueText({ shape }: Field, value: Value): string {
    const { quiet } = this.#shown;
    const { names, stackIndent, rawBytes: raw = false, stringSize = 0 } = this.#formatOptions();
    // A text that is known to be short is recorded in less than the room DTrace gives to each.
    if (typeof value === "string") return formatString(value, stringSize, { quiet, raw });
    if (value instanceof Uint8Array) return formatBytes(value, { quiet, raw });
    if (typeof value !== "object") return "";
    if ("addresses" in value) return formatStack(value, { names, indent: stackIndent });
    if (!("address" in value) || shape.kind !== "symbol") return "";
    const text = formatSymbol(shape.form, value, names);
    return `  ${text.padEnd(symbolWidth)}`;
  }

  #print({ value, type, typeName }: ActionOf<"print">): ShowValue {
    const options = {
      names: this.#parts.names,
      name: typeName,
      // What is printed and reached from it are types of the program.
      typeName: (reached: PrintableType) => formatType(reached as DType),
    };
    return (record) =>
      this.#output.write(byteText(formatPrint(type, readBytes(record, value), options)));
  }

  #tracemem({ value, dynamicSize }: ActionOf<"tracemem">): ShowValue {
    const decode = decoderOf(value, this.#probeName);
    const size = dynamicSize && decoderOf(dynamicSize, this.#probeName);
    return (record) => {
      const bytes = decode(record);
      if (!(bytes instanceof Uint8Array)) return;
      const wanted = size ? Number(size(record)) : 0;
      const shown = wanted > 0 && wanted <= bytes.length ? wanted : bytes.length;
      this.#output.write(hexDump(bytes.subarray(0, shown)));
    };
  }

  /** A file of freopen() becomes a capture file; elsewhere a packet is dumped. */
  #packet(action: ActionOf<"pcap">): ShowValue {
    const decode = packetDecoder(action, this.#probeName);
    const most = action.bytes.shape.size;
    return (record) => {
      const packet = decode(record);
      if (!this.#output.isMoved) {
        this.#output.write(hexDump(packet.bytes));
        return;
      }
      if (this.#output.isEmpty) {
        this.#output.write(bytesAsText(captureFileHeader(packet.protocol, most)));
      }
      this.#output.write(bytesAsText(capturedPacket(packet)));
    };
  }

  #formatted(action: ActionOf<"printf" | "system" | "freopen">): (record: RecordView) => string {
    const values = action.arguments.map((field) => ({
      shape: shapeOfField(field),
      read: decoderOf(field, this.#probeName),
    }));
    return compileRecordFormat(byteFormat(action.format), { values }, this.#formatOptions());
  }

  #runCommand(command: string): void {
    this.#output.flush();
    childProcess().spawnSync("/bin/sh", ["-c", Buffer.from(command, "latin1").toString()], {
      stdio: ["inherit", this.#output.descriptor, "inherit"],
    });
  }

  /** freopen("") goes back to where the output went at first. */
  #reopen(ecb: Ecb, name: string): void {
    const path = Buffer.from(name, "latin1").toString();
    try {
      this.#output.reopen(path === "" ? undefined : path);
    } catch (error) {
      const message = `couldn't freopen() "${name}": ${errorText(error)}`;
      this.report({ kind: "action-failed", ecb, message });
    }
  }

  #view(snapshots: readonly AggregationSnapshot[]): AggregationView {
    const { options } = this.#parts;
    return viewAggregations(snapshots, { options, probeName: this.#probeName });
  }

  #writeColumns({ printed, batches }: AggregationView): void {
    const format = this.#formatOptions();
    const asWhole = this.#formatOfAll(printed.functions);
    if (asWhole !== undefined) {
      this.#output.write(asWhole(printed, [...batches].flat(), format));
      return;
    }
    for (const batch of batches) this.#output.write(formatEntries(printed, batch, format));
  }

  /** Undefined where each row is written by itself. */
  #formatOfAll([only, ...others]: readonly AggregationFunction[]):
    | typeof formatHistogram
    | undefined {
    const { options } = this.#parts;
    if (only === undefined || others.length > 0) return undefined;
    const isSum = only.name === "count" || only.name === "sum";
    if (flagOption(options, "agghist") && isSum) return formatHistogram;
    return flagOption(options, "aggpack") && isPackable(only) ? formatPacked : undefined;
  }

  #formatOptions(): FormatOptions & PackedOptions {
    return formatOptions(this.#parts.options, this.#parts.names);
  }
}

const symbolWidth = 50;
