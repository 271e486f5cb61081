/**
 * What nfsv3 and nfsv4 have in common. On the server an operation is a function of the module nfsd;
 * on the client a call is a task of sunrpc, whose procedure has a number.
 */

import type { Carrier, DrawnArgument, DrawnProbe, Way } from "../drawn-provider.ts";

/** The program that NFS is to RPC. */
const nfsProgram = 100_003;

export const request = "struct nfsd`svc_rqst *";
const task = "struct sunrpc`rpc_task *";

export const connection = (type: string): DrawnArgument => ({ type, translated: "conninfo_t *" });

type Edge = "entry" | "return";

/** A function of nfsd that is passed a request: how it carries probes, and what it was called with. */
interface ServerFunction {
  readonly name: string;
  readonly edge: Edge;
  /** Names what keeps its parameters up to its return: other functions may be called meanwhile. */
  readonly kept: string;
  readonly parameters: number;
}

export function serverFunction({ name, edge, kept, parameters }: ServerFunction): {
  readonly carrier: Carrier & Pick<Way, "notes">;
  parameter(index: number): string;
} {
  const at = (place: Edge): Carrier => ({ functions: [name], module: "nfsd", edge: place });
  const variable = (index: number): string => `self->__${kept}_${index}`;
  if (edge === "entry") return { carrier: at(edge), parameter: (index) => `arg${index}` };
  const notes = Array.from({ length: parameters }, (_, index) => ({
    ...at("entry"),
    assignment: `${variable(index)} = arg${index}`,
  }));
  return { carrier: { ...at(edge), notes }, parameter: variable };
}

export const edges = [
  ["start", "entry"],
  ["done", "return"],
] as const;

/** A procedure of its own, without arguments: what asks whether a server is there. */
export const nullProcedure = (
  name: string,
  { version, arguments: described }: { version: number; arguments: readonly DrawnArgument[] },
): readonly DrawnProbe[] =>
  edges.map(([moment, edge]) => {
    const { carrier, parameter } = serverFunction({
      name: "nfsd_dispatch",
      edge,
      kept: "nfs_dispatch",
      parameters: 1,
    });
    const asked = `((${request})${parameter(0)})`;
    return {
      name: `${name}-${moment}`,
      arguments: described,
      ways: [
        {
          ...carrier,
          when: `${asked}->rq_prog == ${nfsProgram} && ${asked}->rq_vers == ${version} && ${asked}->rq_proc == 0`,
          values: described.map(() => asked),
        },
      ],
    };
  });

export interface ClientCall {
  readonly name: string;
  /** Of what the call is started with, and of what it is answered with. */
  readonly asked?: DrawnArgument;
  readonly answered?: DrawnArgument;
}

export interface ClientVersion {
  readonly version: number;
  /** The client's module for it. */
  readonly module: string;
  /** The member of the procedure that numbers calls. */
  readonly number: string;
  readonly operation: string;
}

/**
 * A call begins when it asks for its place in the transport, and anew when it is repeated as another
 * call; it is done when its answer has been read or it is given up.
 */
export function clientCall(
  { version, module, number, operation }: ClientVersion,
  { name, asked, answered }: ClientCall,
  index: number,
): readonly DrawnProbe[] {
  const called = `((${task})arg0)`;
  const message = `${called}->tk_msg`;
  const when = `${called}->tk_client->cl_prog == ${nfsProgram} && ${called}->tk_client->cl_vers == ${version} &&
    ${message}.rpc_proc->${number} == ${index}`;
  const shared = [connection(task), { type: task, translated: operation }];
  const probe = (
    moment: string,
    event: string,
    third: {
      readonly condition?: string;
      readonly argument?: DrawnArgument;
      readonly value: string;
    },
  ): DrawnProbe => ({
    name: `call-${name}-${moment}`,
    arguments: [...shared, ...(third.argument ? [third.argument] : [])],
    ways: [
      {
        event,
        inModule: module,
        when: third.condition === undefined ? when : `${when} && ${third.condition}`,
        values: [
          called,
          called,
          ...(third.argument ? [`(${third.argument.type})${third.value}`] : []),
        ],
      },
    ],
  });
  return [
    probe("start", "sunrpc:rpc_request", {
      ...(asked && { argument: asked }),
      value: `${message}.rpc_argp`,
    }),
    // A task that never got to ask ends, too.
    probe("done", "sunrpc:rpc_task_end", {
      condition: `${called}->tk_rqstp != NULL`,
      argument: answered ?? { type: task, translated: "nfscall_t *" },
      value: called,
    }),
  ];
}
