/** The versions of D that a program may ask for with `-xversion`. */

/** Major, minor, micro; from the oldest to the newest. */
const versions = [
  "1.0.0",
  "1.1.0",
  "1.2.0",
  "1.2.1",
  "1.2.2",
  "1.3.0",
  "1.4.0",
  "1.4.1",
  "1.5.0",
  "1.6.0",
  "1.6.1",
  "1.6.2",
  "1.6.3",
  "1.7.0",
  "1.7.1",
  "1.8.0",
  "1.8.1",
  "1.9.0",
  "1.9.1",
  "1.10.0",
  "1.11.0",
  "1.12.0",
  "1.12.1",
  "1.13.0",
  "1.14.0",
] as const;

export type DVersion = (typeof versions)[number];

const limits = [255, 4095, 4095] as const;

/** `1.2` is 1.2.0. */
export function readVersion(text: string): DVersion | "malformed" | "unknown" {
  const parts = text.split(".");
  const numbers = limits.map((_, at) => Number(parts[at] ?? 0));
  const isWritten = parts.length <= limits.length && parts.every((part) => /^\d*$/.test(part));
  if (!isWritten || numbers.some((number, at) => number > (limits[at] ?? 0))) return "malformed";
  const wanted = numbers.join(".");
  return versions.find((version) => version === wanted) ?? "unknown";
}

export function isLater(version: DVersion, than: DVersion): boolean {
  return versions.indexOf(version) > versions.indexOf(than);
}
