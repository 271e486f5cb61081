/** sysinfo, vminfo, fsinfo, lockstat, cpc: against programs that cause known numbers of events. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { type Outcome, runDtrace } from "../../harness/run-dtrace.ts";

/** Lines `name number` as a table. */
function numbersIn({ stdout }: Outcome): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [, name = "", number] of stdout.matchAll(/^(\S+) (-?\d+)$/gm)) {
    found.set(name, Number(number));
  }
  return found;
}

async function numbersOf(program: string, command: string): Promise<ReadonlyMap<string, number>> {
  const traced = await runDtrace(["-qn", program, "-c", command], { timeoutMs: 60_000 });
  assert.equal(traced.stderr, "");
  return numbersIn(traced);
}

const summed = 'END { printa("%s %@d\\n", @); }';

test("sysinfo counts calls and bytes", async () => {
  const numbers = await numbersOf(
    `sysinfo:::syswrite, sysinfo:::writech, sysinfo:::sysexec /pid == $target/
     { @[probename] = sum(arg0); } ${summed}`,
    "/bin/dd if=/dev/zero of=/dev/null bs=7 count=1000 status=none",
  );
  assert.equal(numbers.get("syswrite"), 1000);
  assert.equal(numbers.get("writech"), 7000);
});

test("vminfo and cpc count the page faults that the kernel charges to the process", async () => {
  const numbers = await numbersOf(
    `syscall::getrusage:return /pid == $target/ { self->looks++; }
     vminfo:::pgfault, vminfo:::as_fault, cpc:::page_faults-all-1 /self->looks == 2/
     { @[probename] = count(); } ${summed}`,
    buildProgram("page-touches"),
  );
  const charged = numbers.get("program") ?? 0;
  assert.ok(charged >= 500);
  // The program's last look charges what it touches itself only afterwards.
  for (const name of ["pgfault", "as_fault", "page_faults-all-1"]) {
    const counted = numbers.get(name) ?? 0;
    assert.ok(counted >= charged && counted <= charged + 2, `${name} ${counted} of ${charged}`);
  }
});

test("fsinfo tells files and sizes", async () => {
  const folder = mkdtempSync(".build/fsinfo-");
  try {
    const file = `${process.cwd()}/${folder}/text`;
    writeFileSync(file, "x".repeat(12_345));
    const numbers = await numbersOf(
      `fsinfo:::read /pid == $target && args[0]->fi_pathname == "${file}"/
       { @[probename] = sum(args[1]); }
       fsinfo:::open, fsinfo:::close /pid == $target && args[0]->fi_pathname == "${file}"/
       { @[probename] = sum(1); } ${summed}`,
      `/bin/cp ${file} /dev/null`,
    );
    assert.equal(numbers.get("open"), 1);
    assert.equal(numbers.get("close"), 1);
    assert.equal(numbers.get("read"), statSync(file).size);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("lockstat tells every wait that ends, once", async () => {
  const numbers = await numbersOf(
    `lockstat:::*-block, lockstat:::*-spin /pid == $target/ { @["waits"] = sum(1); @["time"] = sum(arg1); }
     sdt:lock::contention_begin /pid == $target/ { self->began = 1; }
     sdt:lock::contention_end /pid == $target && self->began/ { @["ends"] = sum(1); }
     ${summed}`,
    buildProgram("map-contention"),
  );
  const ends = numbers.get("ends") ?? 0;
  assert.ok(ends > 0);
  assert.ok(Math.abs((numbers.get("waits") ?? 0) - ends) <= 1);
  assert.ok((numbers.get("time") ?? 0) > 0);
});
