/** Several things as one to dispose of. */

import { Disposables } from "../../kernel/descriptor.ts";

/** All of them or, where one fails, none. */
export function collect(attach: (links: Disposables) => void): Disposable {
  const links = new Disposables();
  try {
    attach(links);
    return links;
  } catch (error) {
    links[Symbol.dispose]();
    throw error;
  }
}
