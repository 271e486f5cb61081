/** The page of errors, faults and drops: every message with what it means and a program for it. */

import { reportText } from "../../../src/cli/text/report-text.ts";
import { catalog, type DiagnosticTag } from "../../../src/compiler/diagnostics/catalog.ts";
import type { Ecb } from "../../../src/compiler/enabling.ts";
import { type DropKind, dropKinds, faultCodes } from "../../../src/compiler/runtime-layout.ts";
import { makeChapter } from "../chapter.ts";
import { actionTexts } from "../entries/diagnostics/action-diagnostics.ts";
import {
  checkTexts,
  codegenTexts,
  declarationTexts,
  macroTexts,
  pragmaTexts,
  syntaxTexts,
} from "../entries/diagnostics/program-diagnostics.ts";
import { dropEntries, type FaultName, faultEntries } from "../entries/run-time.ts";
import { fence, showExample } from "../markdown.ts";
import type { Run } from "../run-example.ts";
import { type WrongProgram, wrongPrograms } from "./goldens.ts";

const groups: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["Syntax", syntaxTexts],
  ["Macro arguments and variables", macroTexts],
  ["Control lines and pragmas", pragmaTexts],
  ["Declarations", declarationTexts],
  ["Expressions, probes, translators", checkTexts],
  ["Actions and aggregations", actionTexts],
  ["Code", codegenTexts],
];

/** Of each tag at most so many programs; more where the message says nothing without one. */
const mostPrograms = 2;
const mostWithoutWording = 5;

export async function makeDiagnosticsPage(run: Run): Promise<string> {
  const programs = wrongPrograms();
  const tagged = groups.map(([title, texts]) => {
    const sections = Object.entries(texts).map(([tag, text]) =>
      isTag(tag) ? tagSection(tag, text, programs) : "",
    );
    return `## ${title}\n\n${sections.join("\n")}`;
  });
  return makeChapter("diagnostics.md", run, {
    tags: tagged.join("\n"),
    faults: (await Promise.all(faultNames.map((name) => faultSection(name, run)))).join("\n"),
    drops: (await Promise.all(dropKinds.map((kind) => dropSection(kind, run)))).join("\n"),
  });
}

const isTag = (name: string): name is DiagnosticTag => Object.hasOwn(catalog, name);

function tagSection(tag: DiagnosticTag, text: string, programs: readonly WrongProgram[]): string {
  const wording = wordingOf(catalog[tag]);
  const own = clearest(programs.filter((program) => program.tag === tag)).slice(
    0,
    wording === undefined ? mostWithoutWording : mostPrograms,
  );
  const parts = [
    `### ${tag}\n`,
    ...(wording === undefined ? [] : [fence("", wording)]),
    `${text}\n`,
    ...own.map(showWrongProgram),
  ];
  return `${parts.join("\n")}`;
}

/** Those with one error, short ones first; one with several only where there is no other. */
function clearest(programs: readonly WrongProgram[]): readonly WrongProgram[] {
  const byLength = programs.toSorted((one, other) => one.program.length - other.program.length);
  const simple = byLength.filter(({ errors }) => errors === 1);
  return simple.length > 0 ? simple : byLength.slice(0, 1);
}

/** The message with the names of its parts; undefined where the whole message is one part. */
export function wordingOf(message: (...parts: never[]) => string): string | undefined {
  const names = parameterNames(message);
  const parts = names.map((name) => `<${name}>`) as never[];
  const text = message(...parts);
  return names.length === 1 && text === `<${names[0]}>` ? undefined : text;
}

const parameterNames = (message: (...parts: never[]) => string): readonly string[] => {
  const [, list = ""] = /^\(?([\w$, ]*)\)?\s*=>/.exec(String(message)) ?? [];
  return list.split(",").flatMap((name) => name.trim() || []);
};

function showWrongProgram({ program, message, hints }: WrongProgram): string {
  return fence("d", program) + fence("", [message, ...hints.map((hint) => `  ${hint}`)].join("\n"));
}

const faultNames = Object.keys(faultCodes) as readonly FaultName[];

/** A clause that stands for any. */
const someEcb = {
  epid: 1,
  probe: { id: 1, provider: "dtrace", module: "", function: "", name: "BEGIN" },
} as unknown as Ecb;

async function faultSection(name: FaultName, run: Run): Promise<string> {
  const code = faultCodes[name];
  const report = { kind: "fault", ecb: someEcb, cpu: 0, action: 1, code, value: 0n } as const;
  const [, sentence = ""] =
    /: ([^:]*?)(?: \(0x0\))? in action/.exec(reportText(report, { dropTags: false })) ?? [];
  return runTimeSection(`### ${sentence} (${code})`, faultEntries[name], run);
}

async function dropSection(drop: DropKind, run: Run): Promise<string> {
  const report = { kind: "drop", drop, cpu: undefined, count: 2n } as const;
  const [, tag = "", sentence = ""] =
    /^\[(\w+)\] (.*)$/.exec(reportText(report, { dropTags: true })) ?? [];
  const wording = fence("", `dtrace: ${sentence}`);
  return runTimeSection(`### ${tag}\n\n${wording.trimEnd()}`, dropEntries[drop], run);
}

async function runTimeSection(
  head: string,
  { text, example, ...settings }: (typeof faultEntries)[FaultName],
  run: Run,
): Promise<string> {
  const shown =
    example === undefined ? [] : [await showExample({ ...settings, program: example }, run)];
  return [`${head}\n`, `${text}\n`, ...shown].join("\n");
}
