/** Small functions, one property of the back end each; the golden file beside has the name. */

import type { IrBuilder } from "../../../src/compiler/ir/builder.ts";
import type { Virtual } from "../../../src/compiler/ir/ir.ts";

export const cases: Readonly<Record<string, (builder: IrBuilder) => void>> = {
  "constants-fold": (b) => {
    const sum = b.alu("+", b.alu("*", 6n, 7n), 0n);
    b.store(b.mapValue("data", 0), 0, 8, b.extend(b.alu("-", sum, 300n), 1, false));
    b.return(sum);
  },

  "casts-vanish": (b) => {
    const byte = b.load(b.context(), 0, 1);
    const sameByte = b.alu("&", b.extend(b.extend(byte, 4, true), 2, false), 0xffn);
    b.store(b.mapValue("data", 0), 0, 4, b.extend(sameByte, 4, false));
    b.return(0n);
  },

  "powers-of-two": (b) => {
    const value = b.load(b.context(), 0, 8);
    const data = b.mapValue("data", 0);
    b.store(data, 0, 8, b.alu("*", value, 8n));
    b.store(data, 8, 8, b.alu("/", value, 1024n));
    b.store(data, 16, 8, b.alu("%", value, 4096n));
    b.return(0n);
  },

  "addresses-fold-into-offsets": (b) => {
    const base = b.call("bpf_get_current_task_btf", []);
    const inner = b.alu("+", b.alu("+", base, 100n), 20n);
    const slot = b.frameSlot(16);
    const second = b.alu("+", b.frameAddress(slot, 0), 8n);
    b.store(second, 0, 8, b.load(inner, 8, 4));
    b.return(0n);
  },

  "one-load-per-context-value": (b) => {
    const first = b.loadPure(b.context(), 8, 8);
    b.when("==", b.callPure("bpf_get_current_pid_tgid", []), 7n, () => {
      const again = b.loadPure(b.context(), 8, 8);
      const task = b.callPure("bpf_get_current_pid_tgid", []);
      b.store(b.mapValue("data", 0), 0, 8, b.alu("+", again, task));
    });
    b.store(b.mapValue("data", 8), 0, 8, first);
    b.return(0n);
  },

  "compare-becomes-branch": (b) => {
    const value = b.load(b.context(), 0, 4);
    const isSmall = b.compare("s<", b.extend(value, 4, true), 100n);
    b.when("!=", isSmall, 0n, () => b.store(b.mapValue("data", 0), 0, 8, 1n));
    b.return(0n);
  },

  "compare-as-value": (b) => {
    const value = b.load(b.context(), 0, 8);
    b.return(b.compare(">", value, 0x1234_5678_9abcn));
  },

  "constant-branch-vanishes": (b) => {
    b.choose(
      "s<",
      -1n,
      0n,
      () => b.store(b.mapValue("data", 0), 0, 8, 1n),
      () => b.store(b.mapValue("data", 0), 0, 8, 2n),
    );
    b.return(0n);
  },

  "unlikely-sides-out-of-line": (b) => {
    const slot = b.frameSlot(4);
    b.store(b.frameAddress(slot, 0), 0, 4, 0n);
    const out = b.block();
    const value = b.call("bpf_map_lookup_elem", [b.map("counts"), b.frameAddress(slot, 0)]);
    b.when("==", value, 0n, () => b.jump(out), { unlikely: "true" });
    b.atomic("+", value, 0, 8, 1n);
    b.enter(out);
    b.return(0n);
  },

  "dead-code": (b) => {
    b.callPure("bpf_get_current_uid_gid", []);
    b.call("bpf_ktime_get_ns", []);
    b.alu("*", b.load(b.context(), 0, 8), 3n);
    b.return(0n);
    b.store(b.mapValue("data", 0), 0, 8, 1n);
  },

  "values-across-calls": (b) => {
    const values = [0, 8, 16].map((offset) => b.load(b.context(), offset, 8));
    const now = b.call("bpf_ktime_get_ns", []);
    const sum = values.reduce<Virtual>((left, right) => b.alu("+", left, right), now);
    b.return(sum);
  },

  "spills-across-calls": (b) => {
    const values = [0, 8, 16, 24, 32, 40].map((offset) => b.load(b.context(), offset, 8));
    const now = b.call("bpf_ktime_get_ns", []);
    const sum = values.reduce<Virtual>((left, right) => b.alu("-", left, right), now);
    b.return(sum);
  },

  "arguments-in-place": (b) => {
    const record = b.call("bpf_ringbuf_reserve", [b.map("ring"), 24n, 0n]);
    const out = b.block();
    b.leaveIf("==", record, 0n, out);
    const from = b.loadPure(b.context(), 0, 8);
    b.call("bpf_probe_read_kernel", [b.alu("+", record, 8n), 16n, b.alu("+", from, 64n)]);
    b.call("bpf_ringbuf_submit", [record, 0n]);
    b.jump(out);
    b.enter(out);
    b.return(0n);
  },

  "compare-exchange": (b) => {
    const data = b.mapValue("data", 0);
    b.return(b.compareExchange(data, 8, 8, 0n, 1n));
  },

  "signed-division-without-v4": (b) => {
    const left = b.load(b.context(), 0, 8);
    b.return(b.alu("s/", left, -3n));
  },
};
