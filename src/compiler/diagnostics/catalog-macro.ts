/** Messages about macro arguments (`$1`) and macro variables (`$target`). */

export const macroMessages = {
  D_MACRO_UNDEF: (what: "argument" | "variable", reference: string) =>
    `macro ${what} ${reference} is not defined`,
  D_MACRO_OFLOW: (reference: string, constant: string) =>
    `macro argument ${reference} constant ${constant} results in integer overflow`,
  D_MACRO_UNUSED: (value: string, index: number) =>
    `extraneous argument '${value}' ($${index} is not referenced)`,
} as const;
