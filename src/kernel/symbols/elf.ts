/**
 * ELF files, 32 and 64 bits, little-endian: segments, sections, notes. Only what is asked for is
 * read, for C libraries and runtimes are large.
 */

export interface ByteSource {
  /** Fewer bytes than asked for at the end. */
  read(offset: number, size: number): Uint8Array;
}

export interface ElfSegment {
  readonly type: number;
  readonly executable: boolean;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

export interface ElfSection {
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  /** The number of another section: of a symbol table, its strings. */
  readonly link: number;
}

export interface ElfFile {
  readonly source: ByteSource;
  readonly is64Bit: boolean;
  /** `e_machine`: 62 is x86-64, 183 is arm64. */
  readonly machine: number;
  readonly segments: readonly ElfSegment[];
  readonly sections: readonly ElfSection[];
}

export const PT_LOAD = 1;
const PF_X = 1;
export const SHT_SYMTAB = 2;
export const SHT_NOTE = 7;
export const SHT_NOBITS = 8;
export const SHT_DYNSYM = 11;
const NT_GNU_BUILD_ID = 3;

/** The offsets of fields (elf.h); a "word" is as wide as an address. */
interface Layout {
  readonly wordSize: 4 | 8;
  readonly header: {
    readonly size: number;
    readonly programs: number;
    readonly sections: number;
    /** Where the five 16-bit counts and sizes start. */
    readonly counts: number;
  };
  readonly program: Record<"flags" | "offset" | "address" | "fileSize" | "memorySize", number>;
  readonly section: Record<"flags" | "address" | "offset" | "size" | "link", number>;
}

const layout64: Layout = {
  wordSize: 8,
  header: { size: 64, programs: 32, sections: 40, counts: 54 },
  program: { flags: 4, offset: 8, address: 16, fileSize: 32, memorySize: 40 },
  section: { flags: 8, address: 16, offset: 24, size: 32, link: 40 },
};

const layout32: Layout = {
  wordSize: 4,
  header: { size: 52, programs: 28, sections: 32, counts: 42 },
  program: { flags: 24, offset: 4, address: 8, fileSize: 16, memorySize: 20 },
  section: { flags: 8, address: 12, offset: 16, size: 20, link: 24 },
};

const magic = 0x7f45_4c46;
const littleEndian = 1;

/** Undefined where it is no ELF file, or none of this machine's kind. */
export function readElf(source: ByteSource): ElfFile | undefined {
  const header = viewOf(source.read(0, 64));
  if (header.byteLength < 52 || header.getUint32(0) !== magic) return undefined;
  const is64Bit = header.getUint8(4) === 2;
  const layout = is64Bit ? layout64 : layout32;
  if (header.getUint8(5) !== littleEndian || header.byteLength < layout.header.size) {
    return undefined;
  }
  return {
    source,
    is64Bit,
    machine: header.getUint16(18, true),
    segments: readSegments(source, header, layout),
    sections: readSections(source, header, layout),
  };
}

export function sectionBytes({ source }: ElfFile, section: ElfSection): Uint8Array {
  return section.type === SHT_NOBITS ? new Uint8Array() : source.read(section.offset, section.size);
}

/** In hexadecimal, as debug files are named by it. */
export function buildIdOf(elf: ElfFile): string | undefined {
  const sections = elf.sections.filter(({ type }) => type === SHT_NOTE);
  for (const section of sections) {
    const note = readNotes(sectionBytes(elf, section)).find(
      ({ name, type }) => name === "GNU" && type === NT_GNU_BUILD_ID,
    );
    if (note !== undefined) return Buffer.from(note.content).toString("hex");
  }
  return undefined;
}

export interface ElfNote {
  readonly name: string;
  readonly type: number;
  readonly content: Uint8Array;
}

/** Names and contents of notes are padded to four bytes. */
export function readNotes(bytes: Uint8Array): readonly ElfNote[] {
  const view = viewOf(bytes);
  const notes: ElfNote[] = [];
  for (let at = 0; at + 12 <= bytes.length; ) {
    const nameSize = view.getUint32(at, true);
    const contentSize = view.getUint32(at + 4, true);
    const type = view.getUint32(at + 8, true);
    const content = at + 12 + padded(nameSize);
    if (content + contentSize > bytes.length) break;
    const name = stringAt(bytes.subarray(0, at + 12 + nameSize), at + 12);
    notes.push({ name, type, content: bytes.subarray(content, content + contentSize) });
    at = content + padded(contentSize);
  }
  return notes;
}

const padded = (size: number): number => Math.ceil(size / 4) * 4;

/** Up to the next NUL. */
export function stringAt(bytes: Uint8Array, start: number): string {
  const end = bytes.indexOf(0, start);
  return Buffer.from(bytes.subarray(start, end < 0 ? bytes.length : end)).toString();
}

/** Addresses and sizes in files stay below 2⁵³. */
export function readWord(view: DataView, at: number, wordSize: 4 | 8): number {
  const low = view.getUint32(at, true);
  return wordSize === 4 ? low : view.getUint32(at + 4, true) * 0x1_0000_0000 + low;
}

export function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function readSegments(source: ByteSource, header: DataView, layout: Layout): ElfSegment[] {
  const { wordSize, program } = layout;
  const { programs, counts } = layout.header;
  const entrySize = header.getUint16(counts, true);
  const entries = tableEntries(source, {
    offset: readWord(header, programs, wordSize),
    entrySize,
    count: header.getUint16(counts + 2, true),
  });
  return entries.map((view) => ({
    type: view.getUint32(0, true),
    executable: (view.getUint32(program.flags, true) & PF_X) !== 0,
    offset: readWord(view, program.offset, wordSize),
    address: readWord(view, program.address, wordSize),
    fileSize: readWord(view, program.fileSize, wordSize),
    memorySize: readWord(view, program.memorySize, wordSize),
  }));
}

function readSections(source: ByteSource, header: DataView, layout: Layout): ElfSection[] {
  const { wordSize, section } = layout;
  const { sections, counts } = layout.header;
  const entries = tableEntries(source, {
    offset: readWord(header, sections, wordSize),
    entrySize: header.getUint16(counts + 4, true),
    count: header.getUint16(counts + 6, true),
  });
  const nameTable = entries[header.getUint16(counts + 8, true)];
  const names =
    nameTable === undefined
      ? new Uint8Array()
      : source.read(
          readWord(nameTable, section.offset, wordSize),
          readWord(nameTable, section.size, wordSize),
        );
  return entries.map((view) => ({
    name: stringAt(names, view.getUint32(0, true)),
    type: view.getUint32(4, true),
    flags: readWord(view, section.flags, wordSize),
    address: readWord(view, section.address, wordSize),
    offset: readWord(view, section.offset, wordSize),
    size: readWord(view, section.size, wordSize),
    link: view.getUint32(section.link, true),
  }));
}

/** Smaller entries than these are of a damaged file. */
const smallestEntry = 32;

function tableEntries(
  source: ByteSource,
  { offset, entrySize, count }: { offset: number; entrySize: number; count: number },
): readonly DataView[] {
  if (offset === 0 || entrySize < smallestEntry) return [];
  const bytes = source.read(offset, entrySize * count);
  const whole = Math.floor(bytes.length / entrySize);
  return Array.from({ length: whole }, (_, index) =>
    viewOf(bytes.subarray(index * entrySize, (index + 1) * entrySize)),
  );
}
