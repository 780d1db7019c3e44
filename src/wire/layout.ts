/** Fixed fields in network byte order (RFC 1700), one behind the other: a layout is a list of names and kinds. */

import { MalformedPacketError } from './malformed.ts';

/** Bytes that a field takes, by its kind: whole numbers without sign, and strings of bytes. */
const FIELD_SIZES = { u8: 1, u16: 2, u32: 4, u64: 8, bytes8: 8, bytes16: 16 } as const;

type FieldKind = keyof typeof FIELD_SIZES;
export type Layout = readonly (readonly [name: string, kind: FieldKind])[];

/** What stands in the fields. A `u64` is exact up to 2 ** 53. */
export type Fields<L extends Layout> = {
  readonly [F in L[number] as F[0]]: F[1] extends 'bytes8' | 'bytes16' ? Uint8Array : number;
};

export function fieldSize(kind: FieldKind): number {
  return FIELD_SIZES[kind];
}

export function layoutSize(layout: Layout): number {
  return layout.reduce((size, [, kind]) => size + FIELD_SIZES[kind], 0);
}

/** Writes the fields from `offset` on. Numbers must fit: the caller has checked them. */
export function writeFields<L extends Layout>(bytes: Uint8Array, offset: number, layout: L, fields: Fields<L>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = fields as Readonly<Record<string, Uint8Array | number>>;
  let at = offset;
  for (const [name, kind] of layout) {
    const value = values[name] as Uint8Array | number;
    if (typeof value !== 'number') bytes.set(value.subarray(0, FIELD_SIZES[kind]), at);
    else if (kind === 'u8') view.setUint8(at, value);
    else if (kind === 'u16') view.setUint16(at, value);
    else if (kind === 'u32') view.setUint32(at, value);
    else view.setBigUint64(at, BigInt(value));
    at += FIELD_SIZES[kind];
  }
}

/** Strings of bytes are copies. @throws MalformedPacketError when the bytes end before the fields do. */
export function readFields<L extends Layout>(bytes: Uint8Array, offset: number, layout: L, what: string): Fields<L> {
  if (bytes.byteLength < offset + layoutSize(layout))
    throw new MalformedPacketError(`${what} length`, bytes.byteLength);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: Record<string, Uint8Array | number> = {};
  let at = offset;
  for (const [name, kind] of layout) {
    const size = FIELD_SIZES[kind];
    if (kind === 'u8') values[name] = view.getUint8(at);
    else if (kind === 'u16') values[name] = view.getUint16(at);
    else if (kind === 'u32') values[name] = view.getUint32(at);
    else if (kind === 'u64') values[name] = Number(view.getBigUint64(at));
    // Not slice(): that of Node's Buffer is no copy.
    else values[name] = Uint8Array.from(bytes.subarray(at, at + size));
    at += size;
  }
  return values as Fields<L>;
}
