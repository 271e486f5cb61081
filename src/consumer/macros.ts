/** The macro variables that describe dtrace itself: `$pid`, `$uid`, … and `$target`. */

import { readFileSync } from "node:fs";

export function macroVariables(target: number | undefined): ReadonlyMap<string, string> {
  const [group = "0", session = "0"] = groupAndSession();
  const values: readonly (readonly [string, number | string | undefined])[] = [
    ["egid", process.getegid?.()],
    ["euid", process.geteuid?.()],
    ["gid", process.getgid?.()],
    ["pgid", group],
    ["pid", process.pid],
    ["ppid", process.ppid],
    ["projid", 0],
    ["sid", session],
    ["taskid", 0],
    ["uid", process.getuid?.()],
    // 0 where there is neither -c nor -p.
    ["target", target ?? 0],
  ];
  return new Map(
    values.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    ),
  );
}

/** Fields 5 and 6 of /proc/self/stat; the name before them may hold anything but `)`. */
function groupAndSession(): readonly string[] {
  const text = readFileSync("/proc/self/stat", "latin1");
  return text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .slice(2, 4);
}
