import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Instruction } from "../../src/bpf/instruction.ts";
import type { ProgramSpec } from "../../src/bpf/program-spec.ts";
import { linkPerfEvent, lookupElement, openRawTracepoint } from "../../src/kernel/bpf-syscall.ts";
import { createBtfSource } from "../../src/kernel/btf-source.ts";
import { Disposables, type FileDescriptor } from "../../src/kernel/descriptor.ts";
import { KernelFeatures } from "../../src/kernel/features/kernel-features.ts";
import { linkMulti, linkTracingProgram } from "../../src/kernel/links.ts";
import { LoadedMaps, loadProgram } from "../../src/kernel/load.ts";
import { openUserProbe } from "../../src/kernel/perf-event.ts";
import { HeldProcess } from "../../src/kernel/process/held-process.ts";
import type { ProcessEnd } from "../../src/kernel/process/process-end.ts";
import {
  call,
  count,
  entry,
  exit,
  isBalanced,
  jumpIf,
  label,
  load,
  move,
  words,
} from "./blueprints.ts";

interface Attached {
  readonly spec: Pick<ProgramSpec, "type" | "attachType" | "attachBtfId">;
  readonly condition: readonly Instruction[];
  attach(program: FileDescriptor): readonly Disposable[];
}

/** How often the program fired while it was attached and the condition held. */
async function firings(
  { spec, condition, attach }: Attached,
  run: () => void | Promise<void>,
): Promise<number> {
  using owned = new Disposables();
  const maps = owned.use(LoadedMaps.create([words]));
  const program = owned.use(
    loadProgram(
      {
        ...spec,
        name: "dtrace_test",
        functions: [entry(...condition, ...count, label("out"), move(0, 0), exit)],
      },
      maps,
    ),
  );
  for (const link of attach(program.descriptor)) owned.use(link);
  await run();
  const value = new BigUint64Array(1);
  lookupElement(maps.get("words").descriptor, new ArrayBuffer(4), value.buffer);
  return Number(value[0]);
}

const inProcess = (pid: number): readonly Instruction[] => [
  call("bpf_get_current_pid_tgid"),
  { op: "alu", operator: ">>", width: 64, into: 0, by: { immediate: 32 } },
  jumpIf(0, "!=", pid, "out"),
];

const withCookie = (cookie: number): readonly Instruction[] => [
  call("bpf_get_attach_cookie"),
  jumpIf(0, "!=", cookie, "out"),
];

test("a typed tracepoint fires for this process's own calls", async () => {
  const getppid = process.arch === "arm64" ? 173 : 110;
  const attachBtfId = createBtfSource()
    .kernelTypes("vmlinux")
    ?.findType("btf_trace_sys_enter", "typedef");
  assert.ok(attachBtfId);
  const fired = await firings(
    {
      spec: { type: "tracing", attachType: "trace-raw-tracepoint", attachBtfId },
      condition: [load(6, 1, 8), jumpIf(6, "!=", getppid, "out"), ...inProcess(process.pid)],
      attach: (program) => [linkTracingProgram(program, "trace-raw-tracepoint", 0n)],
    },
    () => {
      for (let calls = 0; calls < 77; calls += 1) assert.ok(process.ppid > 0);
    },
  );
  assert.equal(fired, 77);
});

test("of a held process not one call is missed or counted twice", async () => {
  const write = process.arch === "arm64" ? 64 : 1;
  using held = HeldProcess.start("dd", [
    "if=/dev/zero",
    "of=/dev/null",
    "bs=1",
    "count=3000",
    "status=none",
  ]);
  const fired = await firings(
    {
      spec: { type: "raw-tracepoint" },
      condition: [load(6, 1, 8), jumpIf(6, "!=", write, "out"), ...inProcess(held.pid)],
      attach: (program) => [openRawTracepoint(program, "sys_enter", 0n)],
    },
    async () => {
      const end = await new Promise<ProcessEnd>((resolve) => held.release(resolve));
      assert.equal(end.status, 0);
    },
  );
  assert.equal(fired, 3_000);
});

/** A copy of true(1), so that no other process runs the code that is traced. */
async function withOwnProgram(use: (path: string, offset: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "dtrace-links-"));
  try {
    const path = join(folder, "true");
    const code = readFileSync("/bin/true");
    writeFileSync(path, code, { mode: 0o755 });
    await use(path, entryOffset(code));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Where the first instruction (e_entry) lies in the file. */
function entryOffset(elf: Buffer): number {
  const address = elf.readBigUInt64LE(24);
  const headers = Number(elf.readBigUInt64LE(32));
  for (let index = 0; index < elf.readUInt16LE(56); index += 1) {
    const at = headers + index * elf.readUInt16LE(54);
    const isLoaded = elf.readUInt32LE(at) === 1;
    const from = elf.readBigUInt64LE(at + 16);
    const size = elf.readBigUInt64LE(at + 32);
    if (isLoaded && address >= from && address < from + size) {
      return Number(elf.readBigUInt64LE(at + 8) + address - from);
    }
  }
  throw new Error("no entry point");
}

const userProbes = [
  [
    "one link to many sites",
    "uprobe-multi",
    (program: FileDescriptor, path: string, offset: number) => [
      linkMulti(program, {
        attachType: "uprobe-multi",
        path,
        sites: [{ offset, cookie: 9n }],
      }),
    ],
  ],
  [
    "a perf event",
    undefined,
    (program: FileDescriptor, path: string, offset: number) => {
      const event = openUserProbe({ path, offset, isReturn: false, pid: undefined });
      return [event, linkPerfEvent(program, event, 9n)];
    },
  ],
] as const;

const features = new KernelFeatures(createBtfSource());
const hasManyUserProbes = features.stateOf("many uprobes at once").available;

for (const [name, attachType, attach] of hasManyUserProbes ? userProbes : userProbes.slice(1)) {
  test(`user code fires once a run, through ${name}`, async () => {
    await withOwnProgram(async (path, offset) => {
      const fired = await firings(
        {
          spec: { type: "kprobe", ...(attachType === undefined ? {} : { attachType }) },
          condition: withCookie(9),
          attach: (program) => attach(program, path, offset),
        },
        async () => {
          for (let runs = 0; runs < 3; runs += 1) {
            assert.deepEqual(await once(spawn(path), "exit"), [0, null]);
          }
        },
      );
      assert.equal(fired, 3);
    });
  });
}

test("a link that is refused leaves nothing open", () => {
  isBalanced(() => {
    using maps = LoadedMaps.create([words]);
    using program = loadProgram(
      {
        name: "dtrace_test",
        type: "kprobe",
        attachType: "uprobe-multi",
        functions: [entry(move(0, 0), exit)],
      },
      maps,
    );
    assert.throws(() =>
      linkMulti(program.descriptor, {
        attachType: "uprobe-multi",
        path: "/nonexistent",
        sites: [{ offset: 0 }],
      }),
    );
  });
});
