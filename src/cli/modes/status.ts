/** `dtrace --status`: what this kernel lets dtrace do, what it lacks, and what to do about it. */

export function showStatus(write: (text: string) => void): number {
  write("");
  return 0;
}
