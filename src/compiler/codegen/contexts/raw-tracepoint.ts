/** Raw tracepoints: the context is the tracepoint's arguments, 64 bits each. */

import type { Emitter } from "../firing/emitter.ts";
import type { EventSource, ProbeIdentity } from "../firing/firing.ts";
import type { ProbeGroup } from "../probe-groups.ts";

export function rawTracepointSource(emitter: Emitter, argumentCount: number): EventSource {
  return {
    argument: (index) =>
      index < argumentCount ? emitter.loadOnce(emitter.context(), index * 8, 8) : 0n,
    errno: () => 0n,
  };
}

/** The cookie: the probe's id in the low half, the member number in the high half. */
export function cookieOf(probeId: number, member: number): bigint {
  return (BigInt(member) << 32n) | BigInt(probeId);
}

/** The probe of a program that is attached in several places. */
export function identifyByCookie(
  emitter: Emitter,
  { members }: ProbeGroup,
  firstRow: number,
): ProbeIdentity {
  const [probe] = members;
  if (probe && members.length === 1) {
    return { probeId: BigInt(probe.id), member: 0n, firstRow, probe };
  }
  const cookie = emitter.callOnce("bpf_get_attach_cookie", emitter.context());
  return {
    probeId: emitter.extend(cookie, 4, false),
    member: emitter.alu(">>", cookie, 32n),
    firstRow,
    probe: undefined,
  };
}
