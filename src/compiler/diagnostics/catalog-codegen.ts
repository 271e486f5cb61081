/** What code generation says: resources that a program asks too much of, things not built in. */

export const codegenMessages = {
  D_CG_ACTION: (name: string, reason: string) => `${name}( ) is not available: ${reason}`,
  D_CG_VARIABLE_SIZE: (name: string, size: number, limit: number) =>
    `variable ${name} takes ${size} bytes, more than the ${limit} that one may have`,
  D_CG_KEY_SIZE: (name: string, size: number) =>
    `key of ${name} takes ${size} bytes: too many for one key`,
  D_CG_RETURN_ARGS: (name: string) =>
    `the arguments of ${name}( ) are not known at its return here`,
  D_CG_PROGRAM_SIZE: (name: string, what: string) =>
    `clauses have more ${what} than one program can hold (${name})`,
} as const;
