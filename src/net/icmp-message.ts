import type { Family } from '../contract.ts';
import { readIpHeader } from '../wire/ip.ts';
import { MalformedPacketError } from '../wire/malformed.ts';

/**
 * The ICMP message in what a raw socket received: IPv4 comes with its IP header, IPv6 without.
 *
 * @throws MalformedPacketError when the packet is shorter than it says.
 */
export function icmpMessageOf(packet: Uint8Array, family: Family): Uint8Array {
  if (family === 6) return packet;
  const { headerSize, size } = readIpHeader(packet, 4);
  if (size > packet.byteLength) throw new MalformedPacketError('IPv4 total length', size);
  return packet.subarray(headerSize, size);
}
