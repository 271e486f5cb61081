/** What pcap() has recorded, read from its record. */

import type { RecordedAction } from "../../compiler/enabling.ts";
import type { Packet } from "../../format/capture.ts";
import { decoderOf, type ProbeName, readBytes } from "./decode.ts";
import type { RecordView } from "./record-view.ts";

type Recorded = Extract<RecordedAction, { readonly name: "pcap" }>;

export function packetDecoder(
  { time, length, captured, protocol, bytes }: Recorded,
  probeName: ProbeName,
): (record: RecordView) => Packet {
  const [timeOf, lengthOf, capturedOf, protocolOf] = [time, length, captured, protocol].map(
    (field) => {
      const decode = decoderOf(field, probeName);
      // These are integers: numbers, or bigints where they are large.
      return (record: RecordView): bigint => BigInt(decode(record) as number | bigint);
    },
  ) as [Part, Part, Part, Part];
  return (record) => ({
    time: timeOf(record),
    length: Number(lengthOf(record)),
    protocol: Number(protocolOf(record)),
    bytes: readBytes(record, bytes).subarray(0, Number(capturedOf(record))),
  });
}

type Part = (record: RecordView) => bigint;
