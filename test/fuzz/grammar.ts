/** Random D programs: clauses over a fixed set of variables, so that most of them are right. */

import { integer, text } from "./expressions.ts";
import type { Random } from "./random.ts";

const probes = [
  ...["BEGIN", "END", "ERROR", "syscall::write:entry", "syscall::write:return", "syscall:::entry"],
  ...["syscall::read*:return, syscall::open*:entry", "tick-10ms", "profile-97", "profile-99hz"],
  ...["rawtp:sched::sched_switch", "sched:::", "proc:::exec", "syscall:::", "tick-1s", "on-cpu"],
  ...["sched:::on-cpu", "proc:::create", "proc:::exit", "io:::start", "syscall::exit_group:"],
];

const declarations = [
  ...["struct point { int a; char b; uint64_t c; short d[4]; };", "int x;", "self int m;"],
  ...["struct bits { int a:3; unsigned b:7; char c; }; struct bits g;", "uint8_t w;", "string t;"],
  ...["inline int five = 5;", "this char j;", "int table[int, int];", "string names[pid_t];"],
  ...["typedef unsigned long word_t;", "this struct point *p;", "self int k[int];"],
];

const pragmas = [
  ...["quiet", "strsize=32", "strsize=512", "aggsize=64k", "bufsize=16k", "dynvarsize=64k"],
  ...[
    "nspec=3",
    "specsize=8k",
    "flowindent",
    "rawbytes",
    "stackframes=5",
    "destructive",
    "defaultargs",
  ],
];

export function randomProgram(random: Random): string {
  return [
    ...random.several(0, 2, () => `#pragma D option ${random.pick(pragmas)}`),
    ...declarations.filter(() => random.chance(99)),
    setUp(random),
    ...random.several(1, 4, () => clause(random)),
  ].join("\n");
}

/** Gives variables their types. */
function setUp(random: Random): string {
  const settings = [
    ...[
      's = "a/b"',
      "y = 1",
      "seen[execname] = 1",
      "self->n = 1",
      'self->s = "q"',
      "table[1, 2] = 3",
    ],
    ...[
      "this->i = 1",
      'this->s = "z"',
      "this->buffer = (char *)alloca(16)",
      "x = 2",
      "names[1] = s",
      "self->m = 1",
      "this->j = 2",
      "w = 3",
      "t = s",
      "g.a = 1",
      "@a = count()",
      "@b[execname] = sum(1)",
      "self->k[tid] = 1",
    ],
  ];
  return `BEGIN { ${settings.filter(() => random.chance(99)).join("; ")}; }`;
}

function clause(random: Random): string {
  const predicate = random.chance(50) ? `/${integer(random, 2)}/ ` : "";
  return `${random.pick(probes)} ${predicate}{ ${statements(random, 2)} }`;
}

function statements(random: Random, depth: number): string {
  return random.several(0, 5, () => statement(random, depth)).join(" ");
}

function statement(random: Random, depth: number): string {
  const number = (): string => integer(random, depth);
  const words = (): string => text(random, depth);
  switch (random.below(depth > 0 ? 9 : 7)) {
    case 0:
      return `${random.pick(["x", "y", "w", "self->n", "self->m", "this->i", "this->j", "g.a", "g.b", "g.c"])} ${random.pick(["=", "=", "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="])} ${number()};`;
    case 1:
      return `${random.pick(["s", "t", "self->s", "this->s", "names[pid]"])} = ${words()};`;
    case 2:
      return `${random.pick(["table[x, y]", "seen[s]", "self->k[tid]", "table[arg0, 1]"])} = ${number()};`;
    case 3:
    case 4:
      return aggregation(random, depth);
    case 5:
    case 6:
      return action(random, depth);
    default: {
      const otherwise = random.chance(40) ? ` else { ${statements(random, depth - 1)} }` : "";
      return `if (${number()}) { ${statements(random, depth - 1)} }${otherwise}`;
    }
  }
}

function aggregation(random: Random, depth: number): string {
  const number = (): string => integer(random, depth);
  const of = random.pick([
    ...["@a = count()", "@b[execname] = sum(N)", "@c[N] = avg(N)", "@d[pid, S] = quantize(N)"],
    ...["@e = lquantize(N, 0, 100, 10)", "@f[probefunc] = llquantize(N, 10, 0, 6, 20)"],
    ...["@g[stack()] = count()", "@h[ustack(4), execname] = min(N)", "@i = max(N)"],
    ...["@j[N, N, S] = stddev(N)", "@k[func(caller)] = count()", "@l[usym(ucaller)] = sum(N)"],
    ...["@m = quantize(N, N)", "@n[(char)N] = count()"],
  ]);
  return `${of.replace(/\b[NS]\b/g, (kind) => (kind === "N" ? number() : text(random, depth)))};`;
}

function action(random: Random, depth: number): string {
  const form = random.pick([
    ...["trace(N)", "trace(S)", 'printf("%d %s\\n", N, S)', 'printf("%x %5d %-8s|", N, N, S)'],
    ...[
      "stack()",
      "stack(3)",
      "ustack()",
      "ustack(5)",
      "tracemem(arg1, 16)",
      "tracemem(arg0, 32, N)",
    ],
    ...[
      "print(x)",
      "print(*curthread)",
      "print(g)",
      "printa(@a)",
      'printa("%@d\\n", @a)',
      "clear(@a)",
    ],
    ...[
      "trunc(@b, 3)",
      "normalize(@a, N)",
      "denormalize(@a)",
      "exit(N)",
      "sym(caller)",
      "ufunc(ucaller)",
    ],
    ...["ftruncate()", "raise(9)", "stop()", 'system("echo %d", N)', 'printf("%Y", walltimestamp)'],
    ...[
      "discard(N)",
      "commit(self->n)",
      "speculate(self->n)",
      'setopt("quiet")',
      "chill(1)",
      "N",
      "S",
    ],
    ...[
      "bcopy(alloca(8), this->buffer, 8)",
      "trace(copyin(arg1, 8))",
      "copyinto(arg1, 4, alloca(4))",
    ],
    ...['printf("%a %p %A", caller, arg0, ucaller)', 'printf("%s", stringof(curthread->comm))'],
    ...['printf("%o%u%i%d%x%lld", N, N, N, N, N, N)', "this->buffer[N % 16] = N"],
  ]);
  const filled = form.replace(/(?<!%)\b[NS]\b/g, (kind) =>
    kind === "N" ? integer(random, depth) : text(random, depth),
  );
  return `${filled};`;
}
