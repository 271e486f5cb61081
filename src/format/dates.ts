/** `%Y` and `%T`: times of day from nanoseconds since 1970, in the machine's time zone. */

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const dateOf = (nanoseconds: bigint): Date => new Date(Number(nanoseconds / 1_000_000n));

const clockOf = (date: Date): string =>
  [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");

/** `1973 Dec  3 17:20:00` */
export function formatDate(nanoseconds: bigint): string {
  const date = dateOf(nanoseconds);
  const day = String(date.getDate()).padStart(2);
  return `${date.getFullYear()} ${months[date.getMonth()]} ${day} ${clockOf(date)}`;
}

/** `Mon, 03 Dec 1973 17:20:00 CET` */
export function formatMailDate(nanoseconds: bigint): string {
  const date = dateOf(nanoseconds);
  const day = String(date.getDate()).padStart(2, "0");
  const zone = date.toLocaleTimeString("en-US", { timeZoneName: "short" }).split(" ").at(-1);
  return `${days[date.getDay()]}, ${day} ${months[date.getMonth()]} ${date.getFullYear()} ${clockOf(date)} ${zone}`;
}
