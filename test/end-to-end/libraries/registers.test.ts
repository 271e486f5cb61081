/** regs.d: at the entry of a system call the registers hold its arguments and its number. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runDtrace } from "../../harness/run-dtrace.ts";

const names = {
  x64: { first: ["R_RDI", "R_RSI", "R_RDX"], call: "R_TRAPNO", number: 1, pc: "R_RIP" },
  arm64: { first: ["R_X0", "R_X1", "R_X2"], call: "R_TRAPNO", number: 64, pc: "R_PC" },
} as const;

test("the registers of write() are its arguments", async () => {
  const { first, call, number, pc } = process.arch === "arm64" ? names.arm64 : names.x64;
  const same = first.map((name, index) => `uregs[${name}] == arg${index}`).join(" && ");
  const program = `syscall::write:entry /pid == $target/ {
    printf("%d %d %d %d\\n", ${same}, (int)uregs[${call}], uregs[${pc}] == uregs[R_PC],
      uregs[R_SP] > uregs[R_PC]);
  }`;
  const command = "dd if=/dev/zero of=/dev/null bs=10 count=1 status=none";
  const { stdout, stderr } = await runDtrace(["-q", "-n", program, "-c", command]);
  assert.equal(stdout, `1 ${number} 1 1\n\n`, stderr);
});
