/** Text as it is written: each character one byte of its UTF-8 form, or of an escape's. */

import { stringBytes } from "../../compiler/syntax/lexer/string-escapes.ts";

export function byteText(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) > 0x7f) return Buffer.from(stringBytes(text)).toString("latin1");
  }
  return text;
}

export const bytesAsText = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");
