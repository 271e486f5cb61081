/**
 * nfsv4: the operations of NFS version 4 (RFC 7530, 8881, 7862, 8276), served (`op-`) and, as the
 * compounds that a client makes of them, called (`call-`).
 */

import { firstProbeId } from "../../probe-ids.ts";
import { type DrawnArgument, type DrawnProbe, drawnProvider } from "../drawn-provider.ts";
import { commonStability } from "../stability.ts";
import {
  type ClientCall,
  clientCall,
  connection,
  edges,
  nullProcedure,
  request,
  serverFunction,
} from "./operations.ts";

interface Operation {
  readonly name: string;
  /** That of the operation's name, where nothing else is said. */
  readonly function?: string;
  /** Where a function does several operations: which one this is. */
  readonly number?: number;
  /** What the server makes of its arguments; D's type is `NAME4args`, where there is one. */
  readonly asked?: string;
  readonly translated?: true;
}

const simple = (name: string, more: Omit<Operation, "name"> = {}): Operation => ({ name, ...more });
const own = (name: string): Operation => ({
  name,
  asked: `nfsd4_${name.replaceAll("-", "_")}`,
});
const translated = (name: string): Operation => ({ ...own(name), translated: true });

const operations: readonly Operation[] = [
  translated("access"),
  own("close"),
  translated("commit"),
  translated("create"),
  own("delegreturn"),
  translated("getattr"),
  simple("getfh"),
  translated("link"),
  own("lock"),
  own("lockt"),
  own("locku"),
  translated("lookup"),
  simple("lookupp"),
  { name: "nverify", asked: "nfsd4_verify" },
  translated("open"),
  own("open-confirm"),
  own("open-downgrade"),
  translated("putfh"),
  simple("putpubfh", { function: "putrootfh", number: 23 }),
  simple("putrootfh", { number: 24 }),
  { ...translated("read"), number: 25 },
  translated("readdir"),
  simple("readlink"),
  translated("remove"),
  translated("rename"),
  simple("renew"),
  simple("restorefh"),
  simple("savefh"),
  own("secinfo"),
  translated("setattr"),
  own("setclientid"),
  own("setclientid-confirm"),
  own("verify"),
  translated("write"),
  own("release-lockowner"),
  own("backchannel-ctl"),
  own("bind-conn-to-session"),
  own("exchange-id"),
  own("create-session"),
  own("destroy-session"),
  own("free-stateid"),
  own("get-dir-delegation"),
  own("getdeviceinfo"),
  own("layoutcommit"),
  own("layoutget"),
  own("layoutreturn"),
  own("secinfo-no-name"),
  own("sequence"),
  own("test-stateid"),
  own("destroy-clientid"),
  own("reclaim-complete"),
  { name: "allocate", asked: "nfsd4_fallocate" },
  own("copy"),
  own("copy-notify"),
  { name: "deallocate", asked: "nfsd4_fallocate" },
  own("offload-cancel"),
  own("offload-status"),
  { name: "read-plus", function: "read", number: 68, asked: "nfsd4_read" },
  own("seek"),
  own("clone"),
  own("getxattr"),
  own("setxattr"),
  own("listxattrs"),
  own("removexattr"),
];

const operation = "nfsv4opinfo_t *";
const shared: readonly DrawnArgument[] = [
  connection(request),
  { type: request, translated: operation },
];
const answer: DrawnArgument = { type: "nfs4_answer_t *", translated: "nfs4res_t *" };

/** The operation that has these arguments. */
const numberOf = (asked: string): string =>
  `((struct nfsd\`nfsd4_op *)(${asked} - offsetof(struct nfsd\`nfsd4_op, u)))->opnum`;

/** What an operation returns, and what it leaves with its arguments. */
const answered = (asked: string): string =>
  `(this->__nfs4_answer = (nfs4_answer_t *)alloca(sizeof (nfs4_answer_t)),
  this->__nfs4_answer->status = (uint32_t)arg1, this->__nfs4_answer->of = (void *)${asked},
  this->__nfs4_answer)`;

function started({ name, asked, translated }: Operation): readonly DrawnArgument[] {
  if (asked === undefined) return [];
  const type = `struct nfsd\`${asked} *`;
  const dType = `${name.replaceAll("-", "_").toUpperCase()}4args *`;
  return [translated ? { type, translated: dType } : { type }];
}

const resultTypes: Readonly<Record<string, string>> = { read: "READ4res *", write: "WRITE4res *" };

function done({ name }: Operation): DrawnArgument {
  const type = resultTypes[name];
  return type === undefined ? answer : { ...answer, translated: type };
}

function served(of: Operation): readonly DrawnProbe[] {
  return edges.map(([moment, edge]) => {
    const name = `nfsd4_${of.function ?? of.name.replaceAll("-", "_")}`;
    const { carrier, parameter } = serverFunction({ name, edge, kept: "nfsv4", parameters: 3 });
    const asker = `(${request})${parameter(0)}`;
    const asked = started(of);
    const third =
      edge === "entry"
        ? asked.map(({ type }) => `(${type})${parameter(2)}`)
        : [answered(parameter(2))];
    return {
      name: `op-${of.name}-${moment}`,
      arguments: [...shared, ...(edge === "entry" ? asked : [done(of)])],
      ways: [
        {
          ...carrier,
          ...(of.number !== undefined && { when: `${numberOf(parameter(2))} == ${of.number}` }),
          values: [asker, asker, ...third],
        },
      ],
    };
  });
}

const compound: readonly DrawnProbe[] = edges.map(([moment, edge]) => {
  const { carrier, parameter } = serverFunction({
    name: "nfsd4_proc_compound",
    edge,
    kept: "nfsv4_compound",
    parameters: 1,
  });
  const asker = `(${request})${parameter(0)}`;
  const type = `struct nfsd\`nfsd4_compound${edge === "entry" ? "args" : "res"} *`;
  return {
    name: `compound-${moment}`,
    arguments: [
      ...shared,
      { type, translated: edge === "entry" ? "COMPOUND4args *" : "COMPOUND4res *" },
    ],
    ways: [
      {
        ...carrier,
        values: [asker, asker, `(${type})(${asker})->${edge === "entry" ? "rq_argp" : "rq_resp"}`],
      },
    ],
  };
});

/** By their numbers among the client's statistics; the first does nothing. */
const callNames =
  `null read write commit open open-confirm open-noattr open-downgrade close setattr fsinfo renew
  setclientid setclientid-confirm lock lockt locku access getattr lookup lookup-root remove rename
  link symlink create pathconf statfs readlink readdir server-caps delegreturn getacl setacl
  fs-locations release-lockowner secinfo fsid-present exchange-id create-session destroy-session
  sequence get-lease-time reclaim-complete layoutget getdeviceinfo layoutcommit layoutreturn
  secinfo-no-name test-stateid free-stateid getdevicelist bind-conn-to-session destroy-clientid seek
  allocate deallocate layoutstats clone copy offload-cancel lookupp layouterror copy-notify getxattr
  setxattr listxattrs removexattr read-plus`.split(/\s+/);

/** The client's structures of those calls whose arguments D has names for. */
const calledWith: Readonly<Record<string, readonly [type: string, translated: string]>> = {
  read: ["nfs_pgio_args", "READ4args *"],
  "read-plus": ["nfs_pgio_args", "READ4args *"],
  write: ["nfs_pgio_args", "WRITE4args *"],
  commit: ["nfs_commitargs", "COMMIT4args *"],
  open: ["nfs_openargs", "OPEN4args *"],
  "open-noattr": ["nfs_openargs", "OPEN4args *"],
  lookup: ["nfs4_lookup_arg", "LOOKUP4args *"],
  remove: ["nfs_removeargs", "REMOVE4args *"],
  rename: ["nfs_renameargs", "RENAME4args *"],
  link: ["nfs4_link_arg", "LINK4args *"],
  create: ["nfs4_create_arg", "CREATE4args *"],
  symlink: ["nfs4_create_arg", "CREATE4args *"],
};

const calls: readonly ClientCall[] = callNames.map((name) => {
  const [type, dType] = calledWith[name] ?? [];
  if (type === undefined || dType === undefined) return { name };
  return { name, asked: { type: `struct nfsv4\`${type} *`, translated: dType } };
});

const client = { version: 4, module: "nfsv4", number: "p_statidx", operation };

export const nfsv4Provider = drawnProvider({
  name: "nfsv4",
  firstId: firstProbeId.nfsv4,
  stability: commonStability,
  probes: [
    ...nullProcedure("null", { version: 4, arguments: shared.slice(0, 1) }),
    ...compound,
    ...operations.flatMap(served),
    ...calls.flatMap((call, index) => clientCall(client, call, index)),
  ],
});
