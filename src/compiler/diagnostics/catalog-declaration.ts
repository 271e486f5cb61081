/** Messages about declarations and type names. The parser gives some, the checker the rest. */

/** What D_DECL_COMBO says: specifiers that C does not let stand together. */
export const specifierProblem = {
  types: () => "invalid type combination",
  longThrice: () => "the attribute 'long' may only be used at most twice in a declaration",
  twice: (word: "short" | "signed" | "unsigned") =>
    `the attribute '${word}' may only be used at most once in a declaration`,
} as const;

/** What D_DECL_IDRED says has been declared before. */
export const redeclared = {
  identifier: (name: string) => `identifier redeclared: ${name}`,
  globalVariable: (name: string) => `global variable identifier redeclared: ${name}`,
  typedef: (name: string) => `typedef redeclared: ${name}`,
  typedefName: (name: string) => `typedef identifier redeclared: ${name}`,
  builtin: (name: string) => `built-in identifier redeclared: ${name}`,
  inline: (name: string, previous: string) =>
    `identifier redefined: ${name}\n\t current: inline definition\n\tprevious: ${previous}`,
  /** `current` and `previous` describe kind and type: `scalar int`. */
  variable: (name: string, current: string, previous: string) =>
    `identifier redeclared: ${name}\n\t current: ${current}\n\tprevious: ${previous}`,
} as const;

/** What D_DECL_ARRNULL says of `[]`. */
export const missingDimension = {
  variable: (name: string) =>
    `array declaration requires array dimension or tuple signature: ${name}`,
  inline: (name: string) => `inline declaration requires array tuple signature: ${name}`,
  scalarInline: (name: string) => `inline declaration cannot be of scalar array type: ${name}`,
} as const;

/** What D_DECL_VOIDOBJ says cannot be void. */
export const voidObject = {
  array: () => "cannot declare array of void",
  member: (name: string) => `cannot have void member: ${name}`,
  object: (name: string) => `cannot have void object: ${name}`,
  inline: (name: string) => `cannot declare void inline: ${name}`,
} as const;

/** What D_DECL_DYNOBJ says cannot hold an associative array. */
export const dynamicObject = {
  array: () => "cannot declare array of associative arrays",
  member: (name: string) => `cannot have dynamic member: ${name}`,
} as const;

const scoped = (where: string, name: string): string =>
  `D scoping operator may not be used in ${where} (${name})`;

export const declarationMessages = {
  D_DECL_CHARATTR: () => "invalid type declaration: short and long may not be used with char type",
  D_DECL_VOIDATTR: () => "invalid type declaration: attributes may not be used with void type",
  D_DECL_SIGNINT: () =>
    "invalid type declaration: signed and unsigned may only be used with integer type",
  D_DECL_LONGINT: () =>
    "invalid type declaration: long and long long may only be used with integer or " +
    "floating-point type",
  D_DECL_CLASS: () => "only one storage class allowed in a declaration",
  D_DECL_BADCLASS: (where: "D" | "inline") =>
    where === "D"
      ? "specified storage class not appropriate in D"
      : "specified storage class not appropriate for inline declaration",
  D_DECL_PARMCLASS: () => "inappropriate storage class for function or associative array parameter",
  D_DECL_COMBO: (problem: string) => problem,
  D_DECL_IDRED: (problem: string) => problem,
  D_DECL_TYPERED: (type: string) => `type redeclared: ${type}`,
  D_DECL_ARRSUB: () =>
    "positive integral constant expression or tuple signature expected as array declaration " +
    "subscript",
  D_DECL_ARRNULL: (problem: string) => problem,
  D_DECL_ARRBIG: () => "array dimension too big",
  D_DECL_SCOPE: (
    where: "a declaration name" | "a member name" | "an enumerator name",
    name: string,
  ) => scoped(where, name),
  D_DECL_BFCONST: () => "positive integral constant expression expected as bit-field size",
  D_DECL_BFSIZE: (name: string | undefined) => `bit-field too big for type: ${name ?? "(anon)"}`,
  D_DECL_BFTYPE: (name: string | undefined) => `invalid type for bit-field: ${name ?? "(anon)"}`,
  D_DECL_ENCONST: (name: string) =>
    `enumerator '${name}' must be assigned to an integral constant expression`,
  D_DECL_ENOFLOW: (name: string) => `enumerator '${name}' value overflows INT_MAX (2147483647)`,
  D_DECL_USELESS: () => "useless declaration",
  D_DECL_LOCASSC: (name: string) =>
    `associative arrays may not be declared as local variables: ${name}`,
  D_DECL_VOIDOBJ: (problem: string) => problem,
  D_DECL_DYNOBJ: (problem: string) => problem,
  D_DECL_INCOMPLETE: (type: string, name: string) =>
    `incomplete struct/union/enum ${type}: ${name}`,
  /** `prototype` says of what: `array`, `function`, `inline`, `probe input`, `probe output`. */
  D_DECL_PROTO_VARARGS: (prototype: string) =>
    `${prototype} prototype may not use a variable-length argument list`,
  D_DECL_PROTO_TYPE: (prototype: string, type: string, name: string | undefined, index: number) =>
    `${prototype} prototype may not use parameter of type ${type}: ${name ?? "(anonymous)"}, ` +
    `parameter #${index}`,
  D_DECL_PROTO_VOID: () => "void must be sole parameter",
  /** `name` is undefined where a name is missing, given where void has one. */
  D_DECL_PROTO_NAME: (name: string | undefined, index: number) =>
    name === undefined
      ? `parameter declaration requires a name: parameter #${index}`
      : `void parameter may not have a name: ${name}`,
  D_DECL_PROTO_FORM: (state: "not" | "already", prototype: string, name: string, index: number) =>
    `parameter is ${state} declared in ${prototype} prototype: ${name}, parameter #${index}`,
} as const;
