/** Lists the addresses of this thread's network namespace: `ip address`, without the program (rtnetlink(7)). */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import { decodeAttributes, encodeMessage, type NetlinkMessage, NLM_F_DUMP } from './netlink-message.ts';
import { type Listener, type Listing, list } from './netlink-socket.ts';
import { isAddress, literalOf } from './sockaddr.ts';

const RTM_NEWADDR = 20; // linux/rtnetlink.h
const RTM_GETADDR = 22; // linux/rtnetlink.h
const IFADDRMSG_BYTES = 8; // struct ifaddrmsg, linux/if_addr.h
const IFA_ADDRESS = 1; // linux/if_addr.h
/** Its own, where IFA_ADDRESS is the other end's. */
const IFA_LOCAL = 2; // linux/if_addr.h

export interface Address {
  readonly interface: number;
  /** With prefix length. */
  readonly text: string;
}

export function listAddresses(listener: Listener<Address>, mostBytes: number): Listing {
  const request = encodeMessage(RTM_GETADDR, NLM_F_DUMP, new Uint8Array(IFADDRMSG_BYTES));
  return list(request, decodeAddress, listener, mostBytes);
}

/** `null` for what is no address of IPv4 or IPv6. */
export function decodeAddress({ type, body }: NetlinkMessage): Address | null {
  if (type !== RTM_NEWADDR || body.byteLength < IFADDRMSG_BYTES) return null;
  const attributes = decodeAttributes(body.subarray(IFADDRMSG_BYTES));
  const bytes = attributes.get(IFA_LOCAL) ?? attributes.get(IFA_ADDRESS);
  if (bytes === undefined || !isAddress(bytes)) return null;
  return { interface: viewOf(body).getUint32(4, LITTLE_ENDIAN), text: `${literalOf(bytes)}/${body[1]}` };
}
