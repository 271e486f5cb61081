/** Capture files as libpcap has them, with nanoseconds (draft-ietf-opsawg-pcap). */

import { struct, u16, u32 } from "../base/struct.ts";

export interface Packet {
  /** Nanoseconds since 1970. */
  readonly time: bigint;
  /** Bytes of the whole packet. */
  readonly length: number;
  /** A LINKTYPE_ number. */
  readonly protocol: number;
  /** What was kept of it. */
  readonly bytes: Uint8Array;
}

const fileHeader = struct({
  magic: u32,
  majorVersion: u16,
  minorVersion: u16,
  reserved1: u32,
  reserved2: u32,
  mostBytes: u32,
  linkType: u32,
});

const packetHeader = struct({ seconds: u32, nanoseconds: u32, captured: u32, length: u32 });

const magicOfNanoseconds = 0xa1b2_3c4d;
const nanosecondsPerSecond = 1_000_000_000n;

/** The file's first bytes: all its packets have one link type. */
export function captureFileHeader(linkType: number, mostBytes: number): Uint8Array {
  return new Uint8Array(
    fileHeader.encode({
      magic: magicOfNanoseconds,
      majorVersion: 2,
      minorVersion: 4,
      mostBytes,
      linkType,
    }),
  );
}

export function capturedPacket({ time, length, bytes }: Packet): Uint8Array {
  const header = packetHeader.encode({
    seconds: Number(time / nanosecondsPerSecond),
    nanoseconds: Number(time % nanosecondsPerSecond),
    captured: bytes.length,
    length,
  });
  const whole = new Uint8Array(header.byteLength + bytes.length);
  whole.set(new Uint8Array(header));
  whole.set(bytes, header.byteLength);
  return whole;
}
