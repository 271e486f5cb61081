/** procfs.d and io.d: what they say of a process is what the kernel tells the process itself. */

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { buildProgram } from "../../harness/build-program.ts";
import { runDtrace } from "../../harness/run-dtrace.ts";

const folder = mkdtempSync(join(tmpdir(), "dtrace-test-"));
after(() => rmSync(folder, { recursive: true }));

const program = `
syscall::umask:entry /pid == $target && arg0 != 0/ {
  printf("found file %d %s %s", arg0, fds[arg0].fi_pathname, fds[arg0].fi_name);
  printf(" %s %d", fds[arg0].fi_dirname, fds[arg0].fi_offset);
  printf(" 0%o %s %s\\n", fds[arg0].fi_oflags, fds[arg0].fi_mount, fds[arg0].fi_fs);
}
syscall::umask:entry /pid == $target && arg0 == 0/ {
  printf("found ids %d %d %d %d\\n",
    curpsinfo->pr_pid, curpsinfo->pr_ppid, curpsinfo->pr_pgid, curpsinfo->pr_sid);
  printf("found users %d %d %d %d\\n",
    curpsinfo->pr_uid, curpsinfo->pr_euid, curpsinfo->pr_gid, curpsinfo->pr_egid);
  printf("found shape %d %d %d\\n", curpsinfo->pr_nlwp, curpsinfo->pr_size, curpsinfo->pr_argc);
  printf("found scheduling %d %d %s\\n",
    curlwpsinfo->pr_pri, curlwpsinfo->pr_nice, curlwpsinfo->pr_clname);
  printf("found directory %s\\n", cwd);
  printf("found arguments %s\\n", curpsinfo->pr_psargs);
  printf("name %s, argument %s\\n", curpsinfo->pr_fname,
    copyinstr(*(uintptr_t *)copyin(curpsinfo->pr_argv + 16, 8)));
  printf("thread %d of %d, %d, %c, model %d, call %d\\n", curlwpsinfo->pr_lwpid,
    curpsinfo->pr_pid, curlwpsinfo->pr_state == SONPROC, curlwpsinfo->pr_sname,
    curpsinfo->pr_dmodel, curlwpsinfo->pr_syscall);
  printf("start %d\\n", curpsinfo->pr_start.tv_sec);
}`;

test("a process's identity and open files are those that /proc tells", async () => {
  const path = buildProgram("known-process");
  const command = `${path} ${folder}/file last`;
  const { stdout, stderr, status } = await runDtrace(["-q", "-n", program, "-c", command]);
  assert.equal(status, 0, stderr);
  const lines = stdout.split("\n");
  const told = (word: string): readonly string[] =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  const truth = told("truth").filter((line) => !line.endsWith(" ?") && !/^start/.test(line));
  assert.ok(truth.length >= 12, stdout);
  for (const line of truth) assert.ok(told("found").includes(line), `${line}\nin\n${stdout}`);

  const pseudo = told("truth").filter((line) => line.endsWith(" ?"));
  assert.equal(pseudo.length, 3);
  for (const line of pseudo) {
    const expected = line.replace(/\?$/, "");
    assert.ok(
      told("found").some((each) => each.startsWith(expected)),
      `${line}\nin\n${stdout}`,
    );
  }
  assert.match(stdout, /^found file 29 <none> <none> <none> 0 00 <none> <none>$/m);
  assert.match(stdout, /^name known-process, argument last$/m);
  assert.match(stdout, /^thread (\d+) of \1, 1, O, model 2, call (95|166)$/m);
  const secondOf = (word: string): number =>
    Number(new RegExp(`^${word} (\\d+)$`, "m").exec(stdout)?.[1]);
  assert.ok(Math.abs(secondOf("start") - secondOf("truth start")) <= 1, stdout);
});

const fileOfUmask = `syscall::umask:entry /pid == $target/ {
  printf("%s %s %s", fds[arg0].fi_pathname, fds[arg0].fi_name, fds[arg0].fi_dirname);
}`;

test("the root of a process has the name that the process knows", async () => {
  const command = `${buildProgram("changed-root")} ${folder}`;
  const { stdout, stderr, status } = await runDtrace(["-q", "-n", fileOfUmask, "-c", command]);
  assert.equal(status, 0, stderr);
  assert.equal(stdout.trim(), "/ / /");
});
