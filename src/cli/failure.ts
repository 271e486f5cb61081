/** An end with a message: thrown anywhere in the command, shown by `main` as `dtrace: …`. */

export const exitStatuses = { success: 0, error: 1, usage: 2 } as const;

export class Failure extends Error {
  /** Where the reader of our output went away there is nobody to tell. */
  readonly quiet: boolean;

  constructor(message: string, options: { readonly quiet?: boolean } = {}) {
    super(message);
    this.name = "Failure";
    this.quiet = options.quiet ?? false;
  }
}
