/** The archive a kernel unpacks as its first root: cpio's "newc" form. */

export interface ArchiveFile {
  readonly path: string;
  /** With the kind of file, as in `st_mode`. */
  readonly mode: number;
  readonly content?: Buffer;
  readonly device?: readonly [major: number, minor: number];
}

export function writeArchive(files: readonly ArchiveFile[]): Buffer {
  return Buffer.concat([...files, { path: "TRAILER!!!", mode: 0 }].flatMap(writeFile));
}

function writeFile(file: ArchiveFile, index: number): readonly Buffer[] {
  const content = file.content ?? Buffer.alloc(0);
  const path = Buffer.from(`${file.path}\0`);
  const [major, minor] = file.device ?? [0, 0];
  const fields = [index + 1, file.mode, 0, 0, 1, 0, content.length, 0, 0, major, minor];
  const words = [...fields, path.length, 0].map((word) => word.toString(16).padStart(8, "0"));
  const head = Buffer.concat([Buffer.from(`070701${words.join("")}`), path]);
  return [head, padding(head.length), content, padding(content.length)];
}

const padding = (length: number): Buffer => Buffer.alloc(-length & 3);
