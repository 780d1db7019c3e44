/** `tcpi_bytes_sent` (linux/tcp.h): payload sent on one connection, what was sent again included. */

const OFFSET = 200;
const END = 208;

/** @returns `null` before Linux 4.19, which does not count it. */
export function tcpBytesSent(buffer: Uint8Array, length: number, littleEndian = true): number | null {
  if (length < END || length > buffer.byteLength) return null;
  return Number(new DataView(buffer.buffer, buffer.byteOffset, length).getBigUint64(OFFSET, littleEndian));
}
