/** When a session next looks at its rings, and when it reports: the rates, and a wake-up. */

import { numberOption, type Options } from "../compiler/options/options.ts";

/** Between two looks at how full the rings are; a ring must not fill up in this time. */
const restMs = 20;
/** The same while records come in fast. */
const busyMs = 4;
/** A ring this full is read at once, whatever switchrate says. */
const fullEnough = 1 / 8;

/** statusrate as it is if nobody sets it. */
const mostHastyMs = 1_000;

const nanosecondsPerMs = 1_000_000;

export class Schedule {
  readonly #options: Options;
  #lastSwitch: number;
  #lastStatus: number;
  #isBusy = false;
  #wake: () => void = () => {};

  /** Times are milliseconds of one steady clock. */
  constructor(options: Options, now: number) {
    this.#options = options;
    this.#lastSwitch = now;
    this.#lastStatus = now;
  }

  /** Whether the rings are to be read: their time has come, or one fills up. */
  isSwitchDue(now: number, fullness: number): boolean {
    this.#isBusy = fullness > fullEnough;
    if (!this.#isBusy && now < this.#lastSwitch + this.#rateMs("switchrate")) return false;
    this.#lastSwitch = now;
    return true;
  }

  isStatusDue(now: number): boolean {
    if (now < this.#lastStatus + this.#rateMs("statusrate")) return false;
    this.#lastStatus = now;
    return true;
  }

  /** Whether an exit() is looked for between two reports, too: not where those were made rare. */
  get isHasty(): boolean {
    return this.#rateMs("statusrate") <= mostHastyMs;
  }

  /** Until the next look, or until `wake`. */
  async rest(now: number): Promise<void> {
    const untilSwitch = this.#lastSwitch + this.#rateMs("switchrate") - now;
    const delay = Math.max(1, Math.min(this.#isBusy ? busyMs : restMs, untilSwitch));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake(): void {
    this.#wake();
  }

  #rateMs(name: "switchrate" | "statusrate"): number {
    return numberOption(this.#options, name) / nanosecondsPerMs;
  }
}
