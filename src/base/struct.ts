/** C structures as tables: one table gives layout, padding, encoder and the TypeScript type. */

/** A field: its C size and alignment in bytes, and how it is put into memory. */
export interface FieldCodec<T> {
  readonly size: number;
  readonly alignment: number;
  write(view: DataView, offset: number, value: T): void;
  read(view: DataView, offset: number): T;
}

export const u32: FieldCodec<number> = {
  size: 4,
  alignment: 4,
  write: (view, offset, value) => view.setUint32(offset, value, true),
  read: (view, offset) => view.getUint32(offset, true),
};

export const i32: FieldCodec<number> = {
  size: 4,
  alignment: 4,
  write: (view, offset, value) => view.setInt32(offset, value, true),
  read: (view, offset) => view.getInt32(offset, true),
};

export const u16: FieldCodec<number> = {
  size: 2,
  alignment: 2,
  write: (view, offset, value) => view.setUint16(offset, value, true),
  read: (view, offset) => view.getUint16(offset, true),
};

export const u64: FieldCodec<bigint> = {
  size: 8,
  alignment: 8,
  write: (view, offset, value) => view.setBigUint64(offset, value, true),
  read: (view, offset) => view.getBigUint64(offset, true),
};

/** `char[size]`: ASCII, cut to leave a NUL. */
export function chars(size: number): FieldCodec<string> {
  return {
    size,
    alignment: 1,
    write(view, offset, value) {
      for (let at = 0; at < size; at += 1) {
        view.setUint8(offset + at, at < size - 1 ? value.charCodeAt(at) || 0 : 0);
      }
    },
    read(view, offset) {
      let text = "";
      for (let at = 0; at < size; at += 1) {
        const code = view.getUint8(offset + at);
        if (code === 0) break;
        text += String.fromCharCode(code);
      }
      return text;
    },
  };
}

type Fields = Record<string, FieldCodec<number> | FieldCodec<bigint> | FieldCodec<string>>;

type Values<F extends Fields> = {
  [Name in keyof F]: F[Name] extends FieldCodec<infer T> ? T : never;
};

export interface Struct<F extends Fields> {
  readonly size: number;
  /** Fields left out are zero. The result has an ArrayBuffer of its own. */
  encode(values: Partial<Values<F>>): ArrayBuffer;
  decode(buffer: ArrayBuffer, offset?: number): Values<F>;
  /** Where a field starts. */
  offsetOf(name: keyof F): number;
}

export function struct<const F extends Fields>(fields: F): Struct<F> {
  const offsets = new Map<string, number>();
  let end = 0;
  let alignment = 1;
  for (const [name, field] of Object.entries(fields)) {
    end = roundUp(end, field.alignment);
    offsets.set(name, end);
    end += field.size;
    alignment = Math.max(alignment, field.alignment);
  }
  const size = roundUp(end, alignment);
  const offsetOf = (name: keyof F): number => offsets.get(String(name)) ?? 0;

  return {
    size,
    offsetOf,
    encode(values) {
      const buffer = new ArrayBuffer(size);
      const view = new DataView(buffer);
      for (const [name, value] of Object.entries(values)) {
        // The type of `values` has tied each value to its field's codec.
        const field = fields[name] as FieldCodec<unknown> | undefined;
        if (value !== undefined) field?.write(view, offsetOf(name), value);
      }
      return buffer;
    },
    decode(buffer, offset = 0) {
      const view = new DataView(buffer);
      const entries = Object.entries(fields).map(([name, field]) => [
        name,
        field.read(view, offset + offsetOf(name)),
      ]);
      // Built from the same table that the type is built from.
      return Object.fromEntries(entries) as Values<F>;
    },
  };
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
