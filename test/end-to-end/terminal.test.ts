/** An error on a terminal shows the source line and what would help; piped, DTrace's line alone. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { commandPath, runCommand, runDtrace } from "../harness/run-dtrace.ts";

/** What a terminal shows of the command with one -n program. */
async function onTerminal(program: string): Promise<string> {
  const command = `'${process.execPath}' '${commandPath}' -n '${program}'`;
  const { stdout } = await runCommand("script", ["-qec", command, "/dev/null"]);
  return stdout.replaceAll("\r\n", "\n");
}

const plain = (program: string, rest: string): string =>
  `dtrace: invalid probe specifier ${program}: ${rest}\n`;

const cases = [
  {
    what: "a variable",
    program: "BEGIN { trace(execnam); }",
    message: "in action list: failed to resolve execnam: Unknown variable name",
    column: 14,
    marked: "execnam",
    hint: "did you mean execname?",
  },
  {
    what: "a function, with all that are equally near",
    program: 'BEGIN { prinft("x"); }',
    message: "in action list: undefined function name: prinft",
    column: 8,
    marked: "prinft",
    hint: "did you mean print or printf?",
  },
  {
    what: "a member of a kernel structure",
    program: "BEGIN { trace(curthread->tgidd); }",
    message: "in action list: tgidd is not a member of struct task_struct",
    column: 25,
    marked: "tgidd",
    hint: "did you mean tgid?",
  },
  {
    what: "a member of a translation",
    program: "BEGIN { trace(curpsinfo->pr_fnam); }",
    message: "in action list: translator does not define conversion for member: pr_fnam",
    column: 14,
    marked: "curpsinfo->pr_fnam",
    hint: "did you mean pr_fname?",
  },
  {
    what: "a thread variable",
    program: "BEGIN { self->start = 1; trace(self->strat); }",
    message: "in action list: self->strat has not yet been declared or assigned",
    column: 31,
    marked: "self->strat",
    hint: "did you mean start?",
  },
  {
    what: "a type",
    program: "BEGIN { trace(sizeof (unit32_t)); }",
    message: "in action list: failed to resolve unit32_t: Unknown variable name",
    column: 22,
    marked: "unit32_t",
    hint: "did you mean uint32_t?",
  },
  {
    what: "a type in a cast",
    program: "BEGIN { trace((unit32_t)pid); }",
    message: 'syntax error near "pid"',
    column: 24,
    marked: "pid",
    hint: "did you mean uint32_t?",
  },
  {
    what: "a type of a library in a cast",
    program: "BEGIN { trace(((fileinf_t *)arg0)->fi_name); }",
    message: 'syntax error near ")"',
    column: 27,
    marked: ")",
    hint: "did you mean fileinfo_t?",
  },
  {
    what: "the type of a translation",
    program: "BEGIN { trace(xlate<psinf_t *>(curthread)->pr_pid); }",
    message: 'syntax error near "psinf_t"',
    column: 20,
    marked: "psinf_t",
    hint: "did you mean psinfo_t?",
  },
  {
    what: "a type that is far from all",
    program: "BEGIN { trace(((nosuchtype_t *)arg0)->member); }",
    message: 'syntax error near ")"',
    column: 30,
    marked: ")",
    hint: "there is no type nosuchtype_t",
  },
  {
    what: "a structure in a cast",
    program: "BEGIN { trace(((struct task_strcut *)arg0)->pid); }",
    message:
      "in action list: operator -> cannot be applied to a forward declaration: no struct task_strcut definition is available",
    column: 14,
    marked: "((struct task_strcut *)arg0)->pid",
    hint: "did you mean task_struct?",
  },
  {
    what: "a structure in sizeof",
    program: "BEGIN { trace(sizeof (struct task_strcut)); }",
    message: "in action list: cannot apply sizeof to an operand of unknown size",
    column: 14,
    marked: "sizeof (struct task_strcut)",
    hint: "did you mean task_struct?",
  },
  {
    what: "a subroutine",
    program: "BEGIN { trace(strjion(execname, probename)); }",
    message: "in action list: undefined function name: strjion",
    column: 14,
    marked: "strjion",
    hint: "did you mean strjoin?",
  },
  {
    what: "an aggregating function",
    program: "BEGIN { @ = quantise(1); }",
    message: "in action list: undefined function name: quantise",
    column: 12,
    marked: "quantise",
    hint: "did you mean quantize?",
  },
  {
    what: "a provider",
    program: "syscal::read:entry",
    message: "probe description syscal::read:entry does not match any probes",
    column: 0,
    marked: "syscal::read:entry",
    hint: "did you mean syscall?",
  },
  {
    what: "a probe",
    program: "dtrace:::BEGINN",
    message: "probe description dtrace:::BEGINN does not match any probes",
    column: 0,
    marked: "dtrace:::BEGINN",
    hint: "did you mean BEGIN?",
  },
] as const;

describe("a misspelt name", () => {
  for (const { what, program, message, column, marked, hint } of cases) {
    test(what, async () => {
      const caret = `${" ".repeat(column)}${"^".repeat(marked.length)}`;
      assert.equal(
        await onTerminal(program),
        `${plain(program, message)} 1 | ${program}\n   | ${caret}\n   = ${hint}\n`,
      );
      const piped = await runDtrace(["-n", program]);
      assert.equal(piped.stderr, plain(program, message));
      assert.equal(piped.status, 1);
    });
  }
});

for (const [terminal, cell] of [
  ["xterm", "\xe2\x96\x88"],
  ["dumb", "X"],
  ["sun", "X"],
  ["", "X"],
] as const) {
  test(`aggpack draws what TERM=${terminal} can show`, async () => {
    const program = "BEGIN { @ = quantize(1); exit(0) }";
    const command = [commandPath, "-q", "-x", "aggpack", "-n", program];
    const { stdout } = await runCommand("env", [`TERM=${terminal}`, process.execPath, ...command]);
    assert.equal(stdout.split("\n").at(-2), `    0 : ${cell} : 2    | 1`);
  });
}

test("a misspelt option", async () => {
  const command = `'${process.execPath}' '${commandPath}' -x bufsiz=4m -n BEGIN`;
  const { stdout } = await runCommand("script", ["-qec", command, "/dev/null"]);
  const message = "dtrace: failed to set -x bufsiz: Invalid option name\n";
  assert.equal(stdout.replaceAll("\r\n", "\n"), `${message}   = did you mean bufsize?\n`);
  const piped = await runDtrace(["-x", "bufsiz=4m", "-n", "BEGIN"]);
  assert.equal(piped.stderr, message);
  assert.equal(piped.status, 1);
});
