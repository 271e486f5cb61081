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

/** `Mon, 03 Dec 1973 17:20:00 CET`; the year is the one the week belongs to, as `%G` has it. */
export function formatMailDate(nanoseconds: bigint): string {
  const date = dateOf(nanoseconds);
  const day = String(date.getDate()).padStart(2, "0");
  const month = months[date.getMonth()];
  return `${days[date.getDay()]}, ${day} ${month} ${yearOfWeek(date)} ${clockOf(date)} ${zoneOf(date)}`;
}

/** ISO 8601: a week belongs to the year of its Thursday. */
function yearOfWeek(date: Date): number {
  const sinceMonday = (date.getDay() + 6) % 7;
  return new Date(
    date.getFullYear(),
    date.getMonth(),
    date.getDate() + 3 - sinceMonday,
  ).getFullYear();
}

/** Each of them knows the abbreviations of its own part of the world and counts hours elsewhere. */
const locales = ["en-US", "en-GB", "en-AU", "en-NZ", "en-ZA", "en-IN", "ja-JP"];

function zoneOf(date: Date): string {
  for (const locale of locales) {
    const name = zoneIn(locale, date);
    if (/^[A-Z]+$/.test(name)) return name;
  }
  return zoneIn("en-US", date);
}

function zoneIn(locale: string, date: Date): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "short" }).formatToParts(date);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
