/** `provider name { probe …; };`: the declared probes, checked for what can be wrong with them. */

import { incompatibleProvider } from "../../diagnostics/catalog-check.ts";
import type { ProviderDefinition, ProviderProbe } from "../../syntax/ast-declarations.ts";
import { areCompatible, isArgumentCompatible } from "../../types/compatibility.ts";
import { formatType } from "../../types/type-names.ts";
import { type Checker, fail } from "../checker.ts";
import type { InlineParameter } from "../identifiers/scope.ts";
import { locationOperand } from "../operand.ts";
import { checkParameters } from "./parameters.ts";
import { findTranslator } from "./translators.ts";

/** What a provider's declaration says of a probe. */
export interface DeclaredProbe {
  readonly native: readonly InlineParameter[];
  /** Undefined where only one prototype is given. */
  readonly translated: readonly InlineParameter[] | undefined;
}

/** By `provider:::name`; of those that the running system has, nothing is compared but the name. */
export type DeclaredProbes = Map<string, DeclaredProbe | "system">;

/** As messages name it: `p:::a`. */
const nameOf = ({ name }: ProviderProbe): string => `::${name.replaceAll("__", "-")}`;

export function declareProvider(checker: Checker, provider: ProviderDefinition): void {
  const previous = previousProbes(checker, provider.name);
  const probes: DeclaredProbes = previous ?? new Map();
  checker.providers.set(provider.name, probes);
  for (const probe of provider.probes) {
    const label = `${provider.name}:${nameOf(probe)}`;
    if (!previous && probes.has(label)) {
      fail("D_PROV_PRDUP", probe.span, provider.name, nameOf(probe));
    }
    const declared = checkProbe(checker, probe, label);
    if (previous) requireSame(previous.get(label), declared, { probe, label, provider });
    else probes.set(label, declared);
  }
}

/** Of a provider that the program declared before, or that there is: it is declared once more then. */
function previousProbes(checker: Checker, provider: string): DeclaredProbes | undefined {
  const declared = checker.providers.get(provider);
  if (declared) return declared;
  const found = checker.environment.findProbes({ ...anyProbe, provider });
  return found.length === 0
    ? undefined
    : new Map(found.map(({ name }) => [`${provider}:::${name}`, "system"]));
}

const anyProbe = { provider: "", module: "", function: "", name: "" };

function requireSame(
  previous: DeclaredProbe | "system" | undefined,
  current: DeclaredProbe,
  {
    probe: { span },
    label,
    provider: { name },
  }: {
    readonly probe: ProviderProbe;
    readonly label: string;
    readonly provider: ProviderDefinition;
  },
): void {
  if (!previous) fail("D_PROV_INCOMPAT", span, incompatibleProvider.notDefined(name, label));
  if (previous === "system") return;
  const compare = (
    prototype: "input" | "output",
    was: readonly InlineParameter[],
    is: readonly InlineParameter[],
  ): void => {
    if (is.length !== was.length) {
      const problem = incompatibleProvider.count(label, prototype, is.length, was.length);
      fail("D_PROV_INCOMPAT", span, problem);
    }
    for (const [index, { type }] of is.entries()) {
      const before = was[index]?.type ?? type;
      if (areCompatible(type, before)) continue;
      const types = { index: index + 1, current: formatType(type), previous: formatType(before) };
      fail("D_PROV_INCOMPAT", span, incompatibleProvider.type(label, prototype, types));
    }
  };
  compare("output", previous.translated ?? previous.native, current.translated ?? current.native);
  if (previous.translated && current.translated) compare("input", previous.native, current.native);
}

/** An argument's number takes a byte. */
const mostParameters = 255;

function checkProbe(checker: Checker, probe: ProviderProbe, label: string): DeclaredProbe {
  const { native, translated, span } = probe;
  const shown = nameOf(probe);
  const given = checkParameters(checker, native, {
    kind: "probe input",
    mayBeVariadic: false,
    mayBeVoid: true,
  });
  const seen =
    translated &&
    checkParameters(checker, translated, {
      kind: "probe output",
      mayBeVariadic: false,
      mayBeVoid: true,
      formals: given,
    });
  if (given.length > mostParameters) fail("D_PROV_PRARGLEN", span, shown, "input", given.length);
  if (!seen) return { native: given, translated: undefined };
  if (seen.length > mostParameters) fail("D_PROV_PRARGLEN", span, shown, "output", seen.length);
  for (const [index, parameter] of seen.entries()) {
    requireTranslation(checker, { probe, label, parameter, given, index: index + 1 });
  }
  return { native: given, translated: seen };
}

function requireTranslation(
  checker: Checker,
  {
    probe,
    label,
    parameter,
    given,
    index,
  }: {
    readonly probe: ProviderProbe;
    readonly label: string;
    readonly parameter: InlineParameter;
    readonly given: readonly InlineParameter[];
    readonly index: number;
  },
): void {
  const native = given.find(({ name }) => name === parameter.name);
  if (!native) return;
  const { span } = probe;
  const { type } = native;
  const input = locationOperand(
    { kind: "symbol", span, type, module: "", name: label, address: 0n },
    false,
  );
  const isKnown =
    findTranslator(checker, { from: input, to: parameter.type }) !== undefined ||
    isArgumentCompatible(
      { type, isZeroConstant: false },
      { type: parameter.type, isZeroConstant: false },
    );
  if (isKnown) return;
  fail("D_PROV_PRXLATOR", span, label, index, formatType(type), formatType(parameter.type));
}
