/** What the checker says of expressions, identifiers and calls, in DTrace's words. */

export const checkMessages = {
  D_UNKNOWN: (message: string) => message,
  D_ATTR_MIN: (what: string, attributes: string) =>
    `attributes for ${what} (${attributes}) are less than predefined minimum`,
  D_TYPE_ERR: (name: string, reason: string) => `failed to resolve type ${name}: ${reason}`,
  D_TYPE_MEMBER: (member: string, type: string) => `${member} is not a member of ${type}`,
  D_CG_EXPR: (kind: string, name: string) =>
    `${kind} ${name}( ) may not be called from a D expression (D program context required)`,
  D_CG_DYN: () => "expression cannot evaluate to result of a translated pointer",
  D_PDESC_ZERO: (description: string) =>
    `probe description ${description} does not match any probes`,
  D_PRED_SCALAR: () => "predicate result must be of scalar type",
  D_FUNC_IDENT: () => "function designator is not of function type",
  D_FUNC_UNDEF: (name: string) => `undefined function name: ${name}`,
  D_FUNC_IDKIND: (kind: string, name: string) =>
    `${kind} '${name}' may not be referenced as a function`,
  D_OFFSETOF_TYPE: () => "offsetof operand must be a struct or union type",
  D_OFFSETOF_BITFIELD: (member: string) => `cannot take offset of a bit-field: ${member}`,
  D_SIZEOF_TYPE: () => "cannot apply sizeof to an operand of unknown size",
  D_SIZEOF_BITFIELD: () => "cannot apply sizeof to a bit-field",
  D_STRINGOF_TYPE: (type: string) => `cannot apply stringof to a value of type ${type}`,
  D_OP_INT: (operator: string, operands: "an operand" | "operands") =>
    `operator ${operator} requires ${operands} of integral type`,
  D_OP_SCALAR: (message: string) => message,
  D_OP_ARITH: (operator: string, operands: "an operand" | "operands") =>
    `operator ${operator} requires ${operands} of arithmetic type`,
  D_OP_WRITE: (operator: string) =>
    `operator ${operator} can only be applied to a writable variable`,
  D_OP_LVAL: (operator: string) => `operator ${operator} requires modifiable lvalue as an operand`,
  D_OP_INCOMPAT: (message: string) => message,
  D_OP_VFPTR: (message: string) => message,
  D_OP_ARRFUN: (operator: string, type: string) =>
    `operator ${operator} may not be applied to operand of type "${type}"`,
  D_OP_PTR: (operator: string) => `operator ${operator} must be applied to a pointer`,
  D_OP_SOU: (message: string) => message,
  D_OP_INCOMPLETE: (operator: string, type: string) =>
    `operator ${operator} cannot be applied to a forward declaration: no ${type} definition is available`,
  D_OP_DYN: (operator: string) => `operator ${operator} operands cannot be of dynamic type`,
  D_OP_ACT: (message: string) => message,
  D_ARR_BADREF: (name: string) => `cannot access ${name} as an associative array`,
  D_ARR_LOCAL: (name: string) => `local variables may not be used as associative arrays: ${name}`,
  D_DIV_ZERO: () => "expression contains division by zero",
  D_DEREF_NONPTR: () => "cannot dereference non-pointer type",
  D_DEREF_VOID: () => "cannot dereference pointer to void",
  D_DEREF_FUNC: () => "cannot dereference pointer to function",
  D_ADDROF_LVAL: () => "unacceptable operand for unary & operator",
  D_ADDROF_VAR: (what: "variable" | "object") => `cannot take address of dynamic ${what}`,
  D_ADDROF_BITFIELD: () => "cannot take address of bit-field",
  D_CAST_INVAL: (from: string, to: string) => `invalid cast expression: "${from}" to "${to}"`,
  D_IDENT_BADREF: (kind: string, name: string, as: string) =>
    `${kind} '${name}' may not be referenced as ${as}`,
  D_IDENT_UNDEF: (name: string, reason: string) => `failed to resolve ${name}: ${reason}`,
  D_IDENT_AMBIG: (operator: string, name: string, type: string, kind: string) =>
    `ambiguous use of operator ${operator}: ${name} is both a ${type} enum tag and a global ${kind}`,
  D_SYM_NOTYPES: (symbol: string, reason: string) =>
    `no symbolic type information is available for ${symbol}: ${reason}`,
  D_VAR_UNDEF: (name: string) => `${name} has not yet been declared or assigned`,
  D_PROTO_LEN: (message: string) => message,
  D_PROTO_ARG: (message: string) => message,
  D_ARGS_MULTI: (description: string) =>
    `args[ ] may not be referenced because probe description ${description} matches an unstable set of probes`,
  D_ARGS_NONE: () => "args[ ] may not be referenced outside of a probe clause",
  D_ARGS_TYPE: (index: bigint) => `failed to resolve native type for args[${index}]`,
  D_ARGS_IDX: (index: bigint, description: string) =>
    `index ${index} is out of range for ${description} args[ ]`,
  D_ARGS_XLATOR: (index: bigint, from: string, to: string) =>
    `translator for args[${index}] from ${from} to ${to} is not defined`,
  D_REGS_NONE: () => "regs[ ] may not be referenced in clauses of other probes than those of instr",
  D_REGS_IDX: (index: bigint, name: string) => `index ${index} is out of range for array ${name}`,
  D_KEY_TYPE: (type: string, kind: string, index: number) =>
    `${type} expression may not be used as ${kind} index: key #${index}`,
  D_XLATE_REDECL: (from: string, to: string) =>
    `translator from ${from} to ${to} has already been declared`,
  D_XLATE_NOCONV: (member: string) => `translator does not define conversion for member: ${member}`,
  D_XLATE_NONE: (from: string, to: string) =>
    `cannot translate from ${quote(from)} to ${quote(to)}`,
  D_XLATE_SOU: (message: string) => message,
  D_XLATE_INCOMPAT: (member: string, to: string, from: string) =>
    `translator member ${member} definition uses incompatible types: "${to}" = "${from}"`,
  D_XLATE_MEMB: (member: string, type: string) =>
    `translator member ${member} is not a member of ${type}`,
  D_PROV_PRDUP: (provider: string, probe: string) => `probe redeclared: ${provider}:${probe}`,
  D_PROV_PRARGLEN: (probe: string, prototype: "input" | "output", used: number) =>
    `probe ${probe} ${prototype} prototype exceeds 255 parameters: ${used} params used`,
  D_PROV_INCOMPAT: (problem: string) => problem,
  D_PROV_PRXLATOR: (probe: string, index: number, from: string, to: string) =>
    `translator for ${probe} output argument #${index} from ${from} to ${to} is not defined`,
} as const;

const quote = (type: string): string => `"${type}"`;

/** What D_PROV_INCOMPAT says of a probe `provider:name` that was declared before in another way. */
export const incompatibleProvider = {
  notDefined: (provider: string, probe: string) =>
    `provider interface mismatch: ${provider}\n\t current: probe ${probe} defined\n` +
    `\tprevious: probe ${probe} not defined`,
  count: (probe: string, prototype: "input" | "output", current: number, previous: number) =>
    `probe ${probe} ${prototype} prototype mismatch:\n\t current: ${argumentCount(current)}\n` +
    `\tprevious: ${argumentCount(previous)}`,
  type: (
    probe: string,
    prototype: "input" | "output",
    { index, current, previous }: { index: number; current: string; previous: string },
  ) =>
    `probe ${probe} ${prototype} prototype argument #${index} mismatch:\n` +
    `\t current: ${current}\n\tprevious: ${previous}`,
} as const;

const argumentCount = (count: number): string => `${count} arg${count === 1 ? "" : "s"}`;
