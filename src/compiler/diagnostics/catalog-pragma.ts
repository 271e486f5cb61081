/** Messages about control lines: `#pragma D option`, `#line`, `#error`. */

/** How each directive is written, as the message about a malformed one shows it. */
export const pragmaForms = {
  attributes: "malformed #pragma attributes <attributes> <ident>",
  binding: 'malformed #pragma binding "version" <ident>',
  depends_on: "malformed #pragma depends_on <class> <name>",
  line: 'malformed #line <line> [ ["file"] state ]',
  option: "malformed #pragma option <option>=<val>",
  "option with more": "superfluous arguments specified for #pragma option",
} as const;

export type PragmaForm = keyof typeof pragmaForms;

/** What D_PRAGMA_INVAL says is wrong. */
export const invalidPragma = {
  unknown: (name: string) => `invalid D pragma: ${name}`,
  attributes: () => "invalid attributes specified by #pragma attributes",
  component: (provider: string, part: string) =>
    `invalid component "${provider}" in attribute #pragma for provider ${part}`,
  version: () => "invalid version string specified by #pragma binding",
  dependencyClass: (name: string) => `invalid class ${name} specified by #pragma depends_on`,
} as const;

/** What D_PRAGMA_DEPEND says is missing. */
export const unmetDependency = {
  entity: (what: string, name: string) => `program requires ${what} ${name}`,
  libraryInProgram: () => "main program may not explicitly depend on a library",
  libraryNotFound: (name: string) => `failed to find dependency in libpath: ${name}`,
  libraryNotLoaded: (path: string) => `program requires library "${path}" which failed to load`,
} as const;

export const pragmaMessages = {
  /** `directive` is undefined where the line does not even begin with a name. */
  D_PRAGCTL_INVAL: (directive: string | undefined) =>
    directive === undefined
      ? "invalid control directive"
      : `invalid control directive: #${directive}`,
  D_PRAGMA_INVAL: (problem: string) => problem,
  D_PRAGMA_MALFORM: (form: PragmaForm) => pragmaForms[form],
  /** `value` is undefined for a bare option name; `reason` is the options table's sentence. */
  D_PRAGMA_OPTSET: (name: string, value: string | undefined, reason: string) =>
    value === undefined
      ? `failed to set option '${name}': ${reason}`
      : `failed to set option '${name}' to '${value}': ${reason}`,
  D_PRAGMA_SCOPE: (directive: "attributes" | "binding") =>
    `#pragma ${directive} cannot modify entity defined outside program scope`,
  D_PRAGMA_DEPEND: (problem: string) => problem,
  D_PRAGMA_UNUSED: (directive: "attributes" | "binding") => `unused #pragma ${directive}`,
  D_PRAGERR: (text: string) => `#error: ${text}`,
} as const;
