/** What D's vocabulary got after its first version: a program for an older D may use those names. */

import { type DVersion, isLater } from "../../options/versions.ts";

const addedNames: ReadonlyMap<string, DVersion> = new Map(
  (
    [
      ["1.1.0", "freopen index rindex strchr strrchr strstr strtok substr"],
      ["1.2.0", "func mod setopt sym uaddr ucaller ufunc umod ustackdepth usym"],
      ["1.3.0", "htonl htonll htons ntohl ntohll ntohs"],
      ["1.5.0", "inet_ntoa inet_ntoa6 inet_ntop"],
      ["1.6.0", "stddev"],
      ["1.7.0", "llquantize"],
      ["1.8.0", "tolower toupper"],
      ["1.9.0", "print"],
      ["1.10.0", "getf"],
      ["1.11.0", "json strtoll"],
      ["1.14.0", "threadname"],
    ] as const
  ).flatMap(([version, names]) => names.split(" ").map((name) => [name, version] as const)),
);

export function isAddedAfter(name: string, version: DVersion): boolean {
  const added = addedNames.get(name);
  return added !== undefined && isLater(added, version);
}
