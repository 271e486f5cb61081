/** `npm run fuzz -- SECONDS [SEED]`: random programs until the time is over; failures go to .build/fuzz. */

import { mkdirSync, writeFileSync } from "node:fs";
import { programOf } from "./cases.ts";
import { corpus } from "./corpus.ts";
import { judge } from "./judge.ts";
import { reduced } from "./reduce.ts";

const [seconds = "60", firstSeed = String(Date.now() % 1e9)] = process.argv.slice(2);
const slowMs = 5_000;
const end = Date.now() + Number(seconds) * 1000;
const texts = corpus();
const counts = new Map<string, number>();
const seen = new Set<string>();
mkdirSync(".build/fuzz", { recursive: true });

for (let seed = Number(firstSeed); Date.now() < end; seed += 1) {
  const text = programOf(seed, texts);
  const begin = process.cpuUsage();
  const verdict = judge(text, true);
  const { user, system } = process.cpuUsage(begin);
  const duration = (user + system) / 1000;
  const kind = duration > slowMs ? "slow" : verdict.kind;
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  if (kind === "slow") report(seed, text, `took ${duration} ms of the processor`);
  else if (verdict.kind === "wrong") reportOnce(seed, text, verdict.problem);
}
process.stdout.write(`${[...counts].map(([kind, count]) => `${kind} ${count}`).join(", ")}\n`);
process.exitCode = seen.size > 0 || counts.has("slow") ? 1 : 0;

function reportOnce(seed: number, text: string, problem: string): void {
  const sign = signOf(problem);
  if (seen.has(sign)) return;
  seen.add(sign);
  const smallest = reduced(text, (candidate) => {
    const verdict = judge(candidate, true);
    return verdict.kind === "wrong" && signOf(verdict.problem) === sign;
  });
  report(seed, smallest, problem);
}

/** Problems of one cause: the first lines without their numbers. */
function signOf(problem: string): string {
  return problem.split("\n").slice(0, 2).join("\n").replace(/\d+/g, "#");
}

function report(seed: number, text: string, problem: string): void {
  writeFileSync(`.build/fuzz/${seed}.d`, text);
  process.stdout.write(`seed ${seed}: ${problem}\n--\n${text}\n==\n`);
}
