/** Byte order of the structures that the kernel hands out: this host's. */

import { endianness } from 'node:os';

/** Last argument of every `DataView` access to a kernel structure. */
export const LITTLE_ENDIAN = endianness() === 'LE';

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
