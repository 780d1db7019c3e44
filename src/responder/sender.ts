/** Who asks. */

export interface Sender {
  /** 4 or 16 bytes. */
  readonly address: Uint8Array;
  readonly port: number;
}

const IPV6_NETWORK_BYTES = 8; // RFC 4291 §2.5.1: whoever has one address of a /64 has all
const MAPPED_AT = 12; // RFC 4291 §2.5.5.2

/** Under which its limits are kept: its address, for IPv6 its network. */
export function limitKey(address: Uint8Array): string {
  return Buffer.from(address.byteLength === 16 ? address.subarray(0, IPV6_NETWORK_BYTES) : address).toString('latin1');
}

/** Of one conversation: address, port and session. */
export function conversationKey({ address, port }: Sender, session: Uint8Array): string {
  return `${Buffer.concat([session, address]).toString('latin1')}${port}`;
}

/** 16 bytes, an IPv4 address mapped. */
export function mapped(address: Uint8Array): Uint8Array {
  if (address.byteLength === 16) return address;
  const bytes = new Uint8Array(16);
  bytes.fill(0xff, MAPPED_AT - 2, MAPPED_AT);
  bytes.set(address, MAPPED_AT);
  return bytes;
}
