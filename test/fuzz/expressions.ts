/** Random D expressions of a wanted kind, nearly all of them right. */

import type { Random } from "./random.ts";

const integers = [
  ...["0", "1", "-1", "7", "255", "0x7fffffff", "0x80000000", "1000000007", "'a'", "sizeof (int)"],
  ...["0xffffffffffffffff", "9223372036854775807", "pid", "tid", "ppid", "uid", "gid", "cpu"],
  ...["timestamp", "vtimestamp", "walltimestamp", "arg0", "arg1", "arg2", "id", "epid"],
  ...["stackdepth", "ustackdepth", "ipl", "$target", "$pid", "caller", "ucaller", "x", "y", "w"],
  ...["self->n", "self->m", "this->i", "this->j", "curthread->pid", "curthread->prio"],
  ...["curpsinfo->pr_pid", "curthread->mm->total_vm", "curthread->real_parent->pid"],
  ...["strlen(execname)", "rand()", "(int)arg1", "(char)arg2", "(unsigned short)arg0"],
  ...["(uint64_t)arg0", "(int8_t)arg1", "table[1, 2]", "seen[execname]", "self->k[tid]"],
  ...["*(int *)alloca(8)", "((struct task_struct *)arg0)->pid", "progenyof(1)", "htons(80)"],
  ...["speculation()"],
  ...["curthread->comm[1]", "g.b", "g.c", "(int)g.a"],
];

const binary = [
  ...["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "==", "!=", "<", "<=", ">", ">="],
  ...["&&", "||", "^^"],
];

const texts = [
  ...["execname", "probefunc", "probename", "probemod", "probeprov", '"abc"', '""', '"a b,c"'],
  ...["s", "t", "self->s", "this->s", "names[pid]", "copyinstr(arg0)", "copyinstr(arg1, 16)"],
  ...["curpsinfo->pr_psargs", "(string)curthread->comm", "cwd", "root", "stringof(arg0)"],
  ...["zonename", "lltostr(arg0)", "lltostr(arg1, 16)", "basename(s)", "dirname(s)"],
  ...["cleanpath(t)", "fds[arg0].fi_pathname", "inet_ntoa((ipaddr_t *)alloca(4))"],
];

export function integer(random: Random, depth: number): string {
  if (depth <= 0 || random.chance(20)) return random.pick(integers);
  const inner = (): string => integer(random, depth - 1);
  switch (random.below(11)) {
    case 0:
      return `(${inner()} ? ${inner()} : ${inner()})`;
    case 1:
      return `${random.pick(["-", "~", "!", "+"])}(${inner()})`;
    case 2:
      return `(${text(random, depth - 1)} ${random.pick(["==", "!=", "<", ">="])} ${text(random, depth - 1)})`;
    case 3:
      return `strlen(${text(random, depth - 1)})`;
    case 4:
      return `index(${text(random, depth - 1)}, ${text(random, depth - 1)})`;
    case 5:
      return `(${random.pick(["int", "char", "uint8_t", "int16_t", "uint32_t", "long"])})(${inner()})`;
    case 6:
      return `${random.pick(["x", "self->n", "this->i"])}${random.pick(["++", "--"])}`;
    default:
      return `(${inner()} ${random.pick(binary)} ${inner()})`;
  }
}

export function text(random: Random, depth: number): string {
  if (depth <= 0 || random.chance(75)) return random.pick(texts);
  const inner = (): string => text(random, depth - 1);
  const number = (): string => integer(random, depth - 1);
  switch (random.below(9)) {
    case 0:
      return `strjoin(${inner()}, ${inner()})`;
    case 1:
      return `substr(${inner()}, ${number()}, ${number()})`;
    case 2:
      return `strtok(${inner()}, ${inner()})`;
    case 3:
      return `${random.pick(["toupper", "tolower", "basename", "dirname", "cleanpath"])}(${inner()})`;
    case 4:
      return `${random.pick(["strchr", "strrchr"])}(${inner()}, '/')`;
    case 5:
      return `strstr(${inner()}, ${inner()})`;
    case 6:
      return `(${number()} ? ${inner()} : ${inner()})`;
    case 7:
      return `lltostr(${number()})`;
    default:
      return `substr(${inner()}, ${random.below(5) - 2})`;
  }
}
