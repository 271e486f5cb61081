/** nfsv3: the procedures of NFS version 3 (RFC 1813), served (`op-`) and called (`call-`). */

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

/** The D types are `NAME3args` and `NAME3res`; here are those that server and client make them of. */
interface Procedure {
  readonly name: string;
  readonly served: readonly [asked: string, answered: string];
  readonly called: string;
}

const handle = "nfsd_fhandle";
const attributes = "nfsd3_attrstat";
const entry = "nfsd3_diropres";
const read = "nfsd3_readdirres";

/** By their numbers; 0 is the one that does nothing. */
const procedures: readonly Procedure[] = [
  { name: "getattr", served: [handle, attributes], called: "nfs_fh" },
  { name: "setattr", served: ["nfsd3_sattrargs", attributes], called: "nfs3_sattrargs" },
  { name: "lookup", served: ["nfsd3_diropargs", entry], called: "nfs3_diropargs" },
  { name: "access", served: ["nfsd3_accessargs", "nfsd3_accessres"], called: "nfs3_accessargs" },
  { name: "readlink", served: [handle, "nfsd3_readlinkres"], called: "nfs3_readlinkargs" },
  { name: "read", served: ["nfsd3_readargs", "nfsd3_readres"], called: "nfs_pgio_args" },
  { name: "write", served: ["nfsd3_writeargs", "nfsd3_writeres"], called: "nfs_pgio_args" },
  { name: "create", served: ["nfsd3_createargs", entry], called: "nfs3_createargs" },
  { name: "mkdir", served: ["nfsd3_createargs", entry], called: "nfs3_mkdirargs" },
  { name: "symlink", served: ["nfsd3_symlinkargs", entry], called: "nfs3_symlinkargs" },
  { name: "mknod", served: ["nfsd3_mknodargs", entry], called: "nfs3_mknodargs" },
  { name: "remove", served: ["nfsd3_diropargs", attributes], called: "nfs_removeargs" },
  { name: "rmdir", served: ["nfsd3_diropargs", attributes], called: "nfs3_diropargs" },
  { name: "rename", served: ["nfsd3_renameargs", "nfsd3_renameres"], called: "nfs_renameargs" },
  { name: "link", served: ["nfsd3_linkargs", "nfsd3_linkres"], called: "nfs3_linkargs" },
  { name: "readdir", served: ["nfsd3_readdirargs", read], called: "nfs3_readdirargs" },
  { name: "readdirplus", served: ["nfsd3_readdirargs", read], called: "nfs3_readdirargs" },
  { name: "fsstat", served: [handle, "nfsd3_fsstatres"], called: "nfs_fh" },
  { name: "fsinfo", served: [handle, "nfsd3_fsinfores"], called: "nfs_fh" },
  { name: "pathconf", served: [handle, "nfsd3_pathconfres"], called: "nfs_fh" },
  { name: "commit", served: ["nfsd3_commitargs", "nfsd3_commitres"], called: "nfs_commitargs" },
];

const operation = "nfsv3opinfo_t *";
const shared: readonly DrawnArgument[] = [
  connection(request),
  { type: request, translated: operation },
];

function served({ name, served: types }: Procedure): readonly DrawnProbe[] {
  return edges.map(([moment, edge]) => {
    const [asked, answered] = types;
    const own: DrawnArgument =
      edge === "entry"
        ? { type: `struct nfsd\`${asked} *`, translated: `${name.toUpperCase()}3args *` }
        : { type: `struct nfsd\`${answered} *`, translated: `${name.toUpperCase()}3res *` };
    const { carrier, parameter } = serverFunction({
      name: `nfsd3_proc_${name}`,
      edge,
      kept: "nfsv3",
      parameters: 1,
    });
    const asker = `(${request})${parameter(0)}`;
    const message = `(${asker})->${edge === "entry" ? "rq_argp" : "rq_resp"}`;
    return {
      name: `op-${name}-${moment}`,
      arguments: [...shared, own],
      ways: [
        {
          ...carrier,
          values: [asker, asker, `(${own.type})${message}`],
        },
      ],
    };
  });
}

const calls: readonly ClientCall[] = [
  { name: "null" },
  ...procedures.map(({ name, called }) => ({
    name,
    asked: {
      type: `struct nfsv3\`${called} *`,
      translated: `${name.toUpperCase()}3args *`,
    },
  })),
];

const client = { version: 3, module: "nfsv3", number: "p_proc", operation };

export const nfsv3Provider = drawnProvider({
  name: "nfsv3",
  firstId: firstProbeId.nfsv3,
  stability: commonStability,
  probes: [
    ...nullProcedure("op-null", { version: 3, arguments: shared }),
    ...procedures.flatMap(served),
    ...calls.flatMap((call, index) => clientCall(client, call, index)),
  ],
});
