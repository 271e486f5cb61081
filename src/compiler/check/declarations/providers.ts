/** `provider name { probe …; };`: the declared probes, checked for what can be wrong with them. */

import { badProviderName } from "../../diagnostics/catalog-syntax.ts";
import type { ProviderDefinition, ProviderProbe } from "../../syntax/ast-declarations.ts";
import { isArgumentCompatible } from "../../types/compatibility.ts";
import { formatType } from "../../types/type-names.ts";
import { type Checker, fail } from "../checker.ts";
import type { InlineParameter } from "../identifiers/scope.ts";
import { locationOperand } from "../operand.ts";
import { checkParameters } from "./parameters.ts";
import { findTranslator } from "./translators.ts";

export function declareProvider(checker: Checker, provider: ProviderDefinition): void {
  checkName(provider);
  const names = new Set<string>();
  for (const probe of provider.probes) {
    const name = probe.name.replaceAll("__", "-");
    if (names.has(name)) fail("D_PROV_PRDUP", probe.span, provider.name, name);
    names.add(name);
    checkProbe(checker, probe, `${provider.name}:${name}`);
  }
}

function checkName({ name, nameSpan: span }: ProviderDefinition): void {
  if (name.includes("`")) fail("D_PROV_BADNAME", span, badProviderName.scopedProvider(name));
  if (name.length >= 64) fail("D_PROV_BADNAME", span, badProviderName.longProvider(name));
  if (/\d$/.test(name)) fail("D_PROV_BADNAME", span, badProviderName.digit(name));
}

function checkProbe(checker: Checker, probe: ProviderProbe, label: string): void {
  const { native, translated, name, span } = probe;
  if (name.includes("`")) fail("D_PROV_BADNAME", span, badProviderName.scopedProbe(name));
  if (name.length >= 64) fail("D_PROV_BADNAME", span, badProviderName.longProbe(name));
  const given = checkParameters(checker, native, {
    kind: "probe input",
    mayBeVariadic: false,
    mayBeVoid: true,
  });
  if (!translated) return;
  const seen = checkParameters(checker, translated, {
    kind: "probe output",
    mayBeVariadic: false,
    mayBeVoid: true,
    formals: given,
  });
  for (const [index, parameter] of seen.entries()) {
    requireTranslation(checker, { probe, label, parameter, given, index: index + 1 });
  }
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
