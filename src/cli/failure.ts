/** An end with a message: thrown anywhere in the command, shown by `main` as `dtrace: …`. */

export const exitStatuses = { success: 0, error: 1, usage: 2 } as const;

/** What more there is to say where a person reads it. */
export interface Explanation {
  /** The compiler's tag, where it is the compiler's. */
  readonly tag: string | undefined;
  /** The source line with what is meant underlined, and hints: whole lines. */
  readonly text: string;
}

export class Failure extends Error {
  /** Where the reader of our output went away there is nobody to tell. */
  readonly quiet: boolean;
  readonly explanation: Explanation | undefined;

  constructor(
    message: string,
    options: { readonly quiet?: boolean; readonly explanation?: Explanation } = {},
  ) {
    super(message);
    this.name = "Failure";
    this.quiet = options.quiet ?? false;
    this.explanation = options.explanation;
  }
}
