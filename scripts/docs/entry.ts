/** What the guide says of one name of a table of the compiler's: words, and a program that is run. */

export interface GuideEntry extends ExampleSettings {
  /** One to four sentences of markdown: what it does, its arguments, result, faults and limits. */
  readonly text: string;
  /** A complete D program that ends by itself; what it prints is run and shown. */
  readonly example: string;
}

export interface ExampleSettings {
  /** Further arguments of dtrace; `-q` unless given. */
  readonly arguments?: readonly string[];
  /** The output differs from run to run. */
  readonly varies?: true;
  /** Needs `-w`; it is shown, but not run. */
  readonly destructive?: true;
  /** Files that lie in the folder where it is run, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A program with how it is run. */
export interface Example extends ExampleSettings {
  readonly program: string;
}
