/**
 * The internet checksum (RFC 1071): one's complement of the one's complement sum of 16-bit words, an odd last byte
 * padded with zero. Zero over bytes that already hold their checksum.
 */
export function internetChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.byteLength; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}
