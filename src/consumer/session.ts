/**
 * One tracing life: load, attach, BEGIN, active, drain, END, last drain, detach. It owns every
 * kernel object of the enabling and gives them back when it is disposed of.
 */

import type { Enabling, GrowingEnabling } from "../compiler/enabling.ts";
import { flagOption, numberOption, type Options, textOption } from "../compiler/options/options.ts";
import { isKernelError } from "../kernel/kernel-error.ts";
import type { AddressNames } from "./aggregations/aggregation-keys.ts";
import { type AggregationSnapshot, Aggregations } from "./aggregations/aggregations.ts";
import { ClauseRunner } from "./clause-runner.ts";
import { DropCounters } from "./drops.ts";
import type { Observer } from "./events.ts";
import { readFault } from "./faults.ts";
import type { LateModules, ModuleChange } from "./late-modules.ts";
import { type KernelAccess, LoadedEnabling } from "./load.ts";
import { isOfEnd } from "./records/check-sizes.ts";
import { type DrainLimits, drainRecords, type RecordSource, RingHead } from "./records/drain.ts";
import { fitBuffers } from "./records/fit-buffers.ts";
import { KeptRing } from "./records/kept-ring.ts";
import { RecordView } from "./records/record-view.ts";
import { Speculations } from "./records/speculations.ts";
import { Schedule } from "./schedule.ts";
import type { Targets } from "./target.ts";
import { wallClockOffset } from "./wall-clock.ts";

export interface SessionInputs {
  readonly enabling: GrowingEnabling;
  readonly options: Options;
  readonly observer: Observer;
  readonly targets: Targets;
  readonly kernel: KernelAccess;
  /** What tells keys of `func()` and its kin apart. */
  readonly names: AddressNames;
  /** Tells the user what is not quite as asked for. */
  readonly notice: (message: string) => void;
  /** Undefined where modules make no difference. */
  readonly lateModules?: LateModules | undefined;
  /** Called before the probes of a module are enabled that was loaded meanwhile. */
  readonly moduleLoaded: (enabling: Enabling) => void;
}

/** How often it is looked whether modules came or went. */
const moduleRateMs = 100;

/**
 * A program may stamp its record and be interrupted before it is in the ring: records younger
 * than this wait for the next look.
 */
const settlingNs = 1_000_000;

/** How long the last drain waits for programs that are still writing their record. */
const lastWaitMs = 1_000;

/** Records between two looks at whether the user is out of patience. */
const recordsPerSlice = 20_000;

const everything = Number.POSITIVE_INFINITY;

export class Session implements Disposable {
  readonly #inputs: SessionInputs;
  readonly #loaded: LoadedEnabling;
  readonly #aggregations: Aggregations;
  readonly #speculations = new Speculations();
  readonly #runner: ClauseRunner;
  readonly #heads: readonly RingHead[];
  readonly #drops: DropCounters;
  readonly #schedule: Schedule;
  readonly #mergesByTime: boolean;
  readonly #policy: string;
  /** Under bufpolicy=ring and fill, what has been moved out of the kernel's rings. */
  readonly #kept: readonly KeptRing[];
  #isFilled = false;
  #isExitNoticed = false;
  #interrupts = 0;
  /** Of the first exit(), or of the last one in END. */
  #status: number | undefined;
  #isEnding = false;
  #lastModuleLook = performance.now();

  constructor(inputs: SessionInputs) {
    const { enabling, options, observer } = inputs;
    this.#inputs = inputs;
    const { maps, notices } = fitBuffers(enabling.maps, options);
    for (const notice of notices) inputs.notice(notice);
    this.#loaded = new LoadedEnabling({ ...enabling, maps }, inputs.kernel);
    this.#aggregations = new Aggregations(enabling, this.#loaded, inputs.names);
    this.#runner = new ClauseRunner({
      enabling,
      options,
      observer,
      aggregations: this.#aggregations,
      speculations: this.#speculations,
      state: this.#loaded.state,
      onExit: (status) => {
        if (this.#isEnding) this.#status = status;
        this.#status ??= status;
      },
    });
    this.#policy = textOption(options, "bufpolicy") ?? "switch";
    const { rings } = this.#loaded;
    this.#kept = keptRings(rings, { enabling, options, policy: this.#policy });
    const sources: readonly RecordSource[] = this.#kept.length > 0 ? this.#kept : rings;
    this.#heads = sources.map((source) => new RingHead(source, new RecordView()));
    this.#drops = new DropCounters(
      () => this.#loaded.readDrops(),
      () => this.#loaded.readMisses(),
    );
    this.#schedule = new Schedule(options, performance.now());
    // A commit on one CPU needs the records of all others before it.
    this.#mergesByTime =
      flagOption(options, "temporal") || enabling.ecbs.some(({ record }) => record.speculates);
  }

  /** The first interrupt ends tracing, the second gives up on what is not yet shown. */
  interrupt(): void {
    this.#interrupts += 1;
    this.#schedule.wake();
  }

  get isInterrupted(): boolean {
    return this.#interrupts > 0;
  }

  get isImpatient(): boolean {
    return this.#interrupts > 1;
  }

  /** Aggregations that no printa() has shown. */
  remainingAggregations(): readonly AggregationSnapshot[] {
    return this.#aggregations.showRemaining();
  }

  /** Puts the programs in their places; they do nothing before `trace`. */
  attach(): void {
    this.#loaded.attach();
  }

  /** Traces until exit(), an interrupt or the end of all targets; gives the exit status. */
  async trace(): Promise<number> {
    const { targets, observer } = this.#inputs;
    await this.#begin();
    targets.release(() => this.#schedule.wake());

    let isNewlineDue = true;
    while (!this.#isOver()) {
      await this.#schedule.rest(performance.now());
      await this.#look();
      for (const report of targets.takeReports()) observer.report(report);
      if (this.#interrupts > 0 && isNewlineDue) {
        observer.interrupted();
        isNewlineDue = false;
      }
    }
    await this.#end();
    return this.#status ?? 0;
  }

  [Symbol.dispose](): void {
    this.#loaded[Symbol.dispose]();
  }

  async #begin(): Promise<void> {
    const { state } = this.#loaded;
    state.consumerPid = process.pid;
    state.wallClockOffset = wallClockOffset();
    state.activity = "warmup";
    this.#loaded.run("BEGIN");
    this.#isExitNoticed = state.exited;
    if (!state.exited) state.activity = "active";
    if (this.#policy === "switch") await this.#drain({ before: everything, isLast: false });
    this.#inputs.observer.flush();
  }

  async #look(): Promise<void> {
    const now = performance.now();
    if (now >= this.#lastModuleLook + moduleRateMs) {
      this.#lastModuleLook = now;
      this.#lookAtModules();
    }
    if (this.#schedule.isSwitchDue(now, this.#fullness())) await this.#switch();
    const isStatusDue = this.#schedule.isStatusDue(now);
    if (isStatusDue) this.#reportDrops();
    if (isStatusDue && this.#policy === "fill") this.#fill();
    this.#isExitNoticed = this.#loaded.state.exited && (isStatusDue || this.#schedule.isHasty);
  }

  #lookAtModules(): void {
    const { lateModules, notice } = this.#inputs;
    for (const change of lateModules?.look() ?? []) {
      if (change.kind === "gone") this.#loaded.forget(change.module);
      else if (change.kind === "loaded") this.#extend(change);
      else notice(`probes of module ${change.module} are not traced: ${change.why}`);
    }
  }

  #extend({ module, enabling }: Extract<ModuleChange, { readonly kind: "loaded" }>): void {
    this.#inputs.moduleLoaded(enabling);
    for (const ecb of enabling.ecbs) this.#inputs.enabling.ecbs.push(ecb);
    this.#runner.prepare();
    const refuse = (why: string): void =>
      this.#inputs.notice(`probes of module ${module} are not traced: ${why}`);
    try {
      if (!this.#loaded.extend(module, enabling)) refuse("variables have other types there");
    } catch (error) {
      if (!isKernelError(error)) throw error;
      this.#loaded.forget(module);
      refuse(error.message);
    }
  }

  /** DTrace's other policies show nothing before tracing ends. */
  async #switch(): Promise<void> {
    if (this.#policy === "fill") {
      this.#fill();
    } else if (this.#policy === "ring") {
      for (const ring of this.#kept) ring.absorb();
    } else {
      // Both clocks are CLOCK_MONOTONIC.
      const before = Number(process.hrtime.bigint()) - settlingNs;
      await this.#drain({ before, isLast: false });
      this.#inputs.observer.flush();
    }
  }

  /** `fill` ends tracing at the first drop. */
  #fill(): void {
    for (const ring of this.#kept) ring.absorb();
    this.#isFilled =
      this.#kept.some(({ isFilled }) => isFilled) || this.#drops.hasDropped("principal");
  }

  async #end(): Promise<void> {
    const { state } = this.#loaded;
    state.activity = "draining";
    await this.#drain({ before: everything, isLast: true });
    this.#isEnding = true;
    this.#loaded.run("END");
    state.activity = "inactive";
    this.#loaded.detach();
    await this.#drain({ before: everything, isLast: true });
    await signalsTold();
    this.#reportDrops();
    this.#inputs.observer.flush();
  }

  #isOver(): boolean {
    return (
      this.#isFilled || this.#isExitNoticed || this.#interrupts > 0 || this.#inputs.targets.allEnded
    );
  }

  #fullness(): number {
    return this.#loaded.rings.reduce((most, { fullness }) => Math.max(most, fullness), 0);
  }

  /** The last drain waits for records still being written: their programs were only preempted. */
  async #drain({ before, isLast }: { before: number; isLast: boolean }): Promise<void> {
    this.#aggregations.startPass();
    for (const ring of this.#kept) ring.absorb();
    const limits: DrainLimits = {
      before,
      most: recordsPerSlice,
      order: this.#mergesByTime ? "time" : "cpu",
      onCpu: () => this.#inputs.observer.cpuBegins(),
    };
    const deadline = performance.now() + lastWaitMs;
    for (;;) {
      const end = drainRecords(this.#heads, limits, this.#handle);
      if (end === "empty" || this.isImpatient) return;
      if (end === "busy" && (!isLast || performance.now() > deadline)) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  readonly #handle = (record: RecordView, source: RecordSource): void => {
    if (record.epid === 0) this.#inputs.observer.report(readFault(record, this.#inputs.enabling));
    else if (record.speculation !== 0) this.#speculations.hold(record);
    else this.#runner.run(record, source);
  };

  #reportDrops(): void {
    const reports = this.#drops.newDrops();
    // A buffer that is filled to the brim is what the policy is for.
    const wanted = reports.filter(({ drop }) => this.#policy !== "fill" || drop !== "principal");
    for (const report of wanted) this.#inputs.observer.report(report);
  }
}

/**
 * Interrupts that came while a command of system() ran are told when the event loop polls next: not
 * before the first immediate, where that is a turn's own.
 */
async function signalsTold(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What the policy keeps; END's records have room of their own, as on Solaris. */
function keptRings(
  rings: readonly RecordSource[],
  inputs: { readonly enabling: Enabling; readonly options: Options; readonly policy: string },
): readonly KeptRing[] {
  const { enabling, options, policy } = inputs;
  if (policy !== "ring" && policy !== "fill") return [];
  const capacity = numberOption(options, "bufsize");
  const chargeOf = (epid: number): number => {
    const ecb = enabling.ecbs[epid - 1];
    return ecb === undefined || isOfEnd(ecb) ? 0 : ecb.record.charge;
  };
  return rings.map((ring) => new KeptRing(ring, { policy, capacity, chargeOf }));
}
