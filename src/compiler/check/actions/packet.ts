/** pcap(): where a packet lies is what the D library `pcap.d` says of a `struct sk_buff`. */

import { longType } from "../../types/base-types.ts";
import { areCompatible } from "../../types/compatibility.ts";
import type { DType } from "../../types/d-type.ts";
import { formatType } from "../../types/type-names.ts";
import { isInteger } from "../../types/type-queries.ts";
import type { CheckedAction, CheckedExpression } from "../checked-program.ts";
import { type Checker, fail } from "../checker.ts";
import { castTo } from "../conversions.ts";
import { requireValue } from "../expressions/expression.ts";
import { expandInline } from "../expressions/inlines.ts";
import {
  type ActionOperand,
  type Operand,
  operandTypeName,
  typeOfOperand,
  valueOperand,
} from "../operand.ts";

export function checkPcap(
  checker: Checker,
  { span, arguments: [buffer, protocol] }: ActionOperand,
): CheckedAction {
  if (!buffer || !protocol) return fail("D_PROTO_LEN", span, "pcap( ) prototype mismatch");
  const { scope, universe } = checker;
  const part = (name: string): CheckedExpression => {
    const inline = scope.within("libraries", () => scope.findGlobal(name));
    if (inline?.kind !== "inline") return fail("D_UNKNOWN", span, `pcap( ) needs ${name}`);
    const type = inline.parameters?.[0]?.type ?? longType;
    requirePacket(buffer, type);
    const packet = castTo(universe, requireValue(buffer), type);
    const keys = [packet, requireValue(protocol)].map((key) => valueOperand(key));
    return requireValue(expandInline(checker, inline, { keys, span }));
  };
  return {
    name: "pcap",
    time: { kind: "builtin", name: "walltimestamp", span, type: longType },
    start: part("pcap_start"),
    available: part("pcap_available"),
    length: part("pcap_length"),
    protocol: part("pcap_protocol"),
  };
}

/** A pointer to a packet, or its address as a number: `pkt_addr` of a `pktinfo_t`. */
function requirePacket(buffer: Operand, type: DType): void {
  const given = typeOfOperand(buffer);
  if (isInteger(given) || areCompatible(given, type)) return;
  const [wanted, found] = [formatType(type), operandTypeName(buffer)];
  fail(
    "D_PROTO_ARG",
    buffer.span,
    `pcap( ) argument #1 is incompatible with prototype:\n\tprototype: ${wanted}\n\t argument: ${found}`,
  );
}
