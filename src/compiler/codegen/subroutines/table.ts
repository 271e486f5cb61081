/**
 * D's subroutines, and who makes the code of each.
 *
 * To add one: write a function that gets the firing and the arguments as checked expressions, and
 * put it here. A number is a value extended as its D type says; an address counts as a number. A
 * string is an operand (`strings/operand.ts`) and need not be copied anywhere: what is computed
 * goes into `scratchTemporary` memory, which lasts until the statement is over. Faults leave
 * through `faultWhen`. Arguments are evaluated in order with `generateValue`, `generateString`.
 */

import type { CheckedExpression, SubroutineName } from "../../check/checked-program.ts";
import type { Value } from "../../ir/ir.ts";
import { generateSpeculation } from "../actions/speculation.ts";
import type { Firing } from "../firing/firing.ts";
import type { StringOperand } from "../strings/operand.ts";
import { address6Text, addressText, familyAddressText, linkAddressText } from "./addresses.ts";
import { blockInputOutputFile, blockInputOutputSize } from "./files/block-io.ts";
import { filePathText } from "./files/file-path.ts";
import { openFile } from "./files/open-files.ts";
import { entryPathText, pathText } from "./files/paths.ts";
import { valueInJson } from "./json.ts";
import { majorNumber, minorNumber } from "./kernel/devices.ts";
import {
  hasWriter,
  isMutexOfKind,
  isReadHeld,
  isWriteHeld,
  mutexOwner,
  ownsMutex,
} from "./kernel/locks.ts";
import { allocate, copyBlock, copyFromUser, copyIntoScratch, copyToUser } from "./memory.ts";
import { networkOrder, progenyOf, random } from "./numbers.ts";
import { numberIn } from "./parse-number.ts";
import { baseName, cleanPath, directoryName } from "./path-parts.ts";
import { findFirst, findLast, findString, indexOf, lastIndexOf } from "./search.ts";
import {
  copyStringToUser,
  copyUserString,
  joinStrings,
  numberText,
  stringLength,
} from "./strings.ts";
import { nextToken } from "./tokens.ts";
import { partOf, toLower, toUpper } from "./transform.ts";

export type Subroutine =
  | {
      readonly gives: "number";
      readonly generate: (firing: Firing, values: readonly CheckedExpression[]) => Value;
    }
  | {
      readonly gives: "string";
      readonly generate: (firing: Firing, values: readonly CheckedExpression[]) => StringOperand;
    };

export const subroutines: { readonly [Name in SubroutineName]: Subroutine } = {
  alloca: { gives: "number", generate: allocate },
  bcopy: { gives: "number", generate: copyBlock },
  biofile: { gives: "number", generate: blockInputOutputFile },
  biosize: { gives: "number", generate: blockInputOutputSize },
  copyin: { gives: "number", generate: copyFromUser },
  copyinstr: { gives: "string", generate: copyUserString },
  copyinto: { gives: "number", generate: copyIntoScratch },
  copyout: { gives: "number", generate: copyToUser },
  copyoutstr: { gives: "number", generate: copyStringToUser },
  d_path: { gives: "string", generate: pathText },
  dentrypath: { gives: "string", generate: entryPathText },
  filepath: { gives: "string", generate: filePathText },
  getf: { gives: "number", generate: openFile },
  getmajor: majorNumber,
  getminor: minorNumber,
  link_ntop: { gives: "string", generate: linkAddressText },
  mutex_owned: { gives: "number", generate: ownsMutex },
  mutex_owner: { gives: "number", generate: mutexOwner },
  mutex_type_adaptive: isMutexOfKind("adaptive"),
  mutex_type_spin: isMutexOfKind("spin"),
  rw_iswriter: hasWriter,
  rw_read_held: isReadHeld,
  rw_write_held: isWriteHeld,
  basename: { gives: "string", generate: baseName },
  cleanpath: { gives: "string", generate: cleanPath },
  dirname: { gives: "string", generate: directoryName },
  strtok: { gives: "string", generate: nextToken },
  strtoll: { gives: "number", generate: numberIn },
  index: { gives: "number", generate: indexOf },
  rindex: { gives: "number", generate: lastIndexOf },
  strchr: { gives: "string", generate: findFirst },
  strrchr: { gives: "string", generate: findLast },
  strstr: { gives: "string", generate: findString },
  substr: { gives: "string", generate: partOf },
  tolower: { gives: "string", generate: toLower },
  toupper: { gives: "string", generate: toUpper },
  htonl: networkOrder(32),
  htonll: networkOrder(64),
  htons: networkOrder(16),
  inet_ntoa: { gives: "string", generate: addressText },
  inet_ntoa6: { gives: "string", generate: address6Text },
  inet_ntop: { gives: "string", generate: familyAddressText },
  json: { gives: "string", generate: valueInJson },
  lltostr: { gives: "string", generate: numberText },
  ntohl: networkOrder(32),
  ntohll: networkOrder(64),
  ntohs: networkOrder(16),
  progenyof: { gives: "number", generate: progenyOf },
  rand: { gives: "number", generate: random },
  speculation: { gives: "number", generate: generateSpeculation },
  strjoin: { gives: "string", generate: joinStrings },
  strlen: { gives: "number", generate: stringLength },
};
