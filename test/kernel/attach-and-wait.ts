/** Attaches a program, writes its id and that of its link, and waits to be killed. */

import { objectId, openRawTracepoint } from "../../src/kernel/bpf-syscall.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";
import { entry, exit, move, rawTracepoint } from "./blueprints.ts";

const maps = LoadedMaps.create([]);
const program = loadProgram(rawTracepoint(entry(move(0, 0), exit)), maps);
const link = openRawTracepoint(program.descriptor, "sys_enter", 0n);
process.stdout.write(`${objectId(program.descriptor)} ${objectId(link)}\n`);
setInterval(() => objectId(link), 60_000);
