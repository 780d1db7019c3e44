/** Lists the interfaces of this thread's network namespace: `ip link`, without the program (rtnetlink(7)). */

import { LITTLE_ENDIAN, viewOf } from './byte-order.ts';
import {
  decodeAttributes,
  decodeI32,
  decodeNested,
  decodeText,
  decodeU32,
  encodeAttribute,
  encodeMessage,
  encodeU32,
  type NetlinkMessage,
  NLM_F_DUMP,
} from './netlink-message.ts';
import { type Listener, type Listing, list } from './netlink-socket.ts';

const RTM_NEWLINK = 16; // linux/rtnetlink.h
const RTM_GETLINK = 18; // linux/rtnetlink.h
const IFINFOMSG_BYTES = 16; // struct ifinfomsg, linux/rtnetlink.h
const IFF_UP = 0x1; // linux/if.h
const IFLA_IFNAME = 3; // linux/if_link.h
const IFLA_MTU = 4; // linux/if_link.h
const IFLA_LINK = 5; // linux/if_link.h
const IFLA_MASTER = 10; // linux/if_link.h
const IFLA_LINKINFO = 18; // linux/if_link.h
const IFLA_EXT_MASK = 29; // linux/if_link.h
const IFLA_LINK_NETNSID = 37; // linux/if_link.h
const IFLA_INFO_KIND = 1; // linux/if_link.h
const IFLA_INFO_DATA = 2; // linux/if_link.h
const IFLA_VXLAN_LINK = 3; // linux/if_link.h
const RTEXT_FILTER_SKIP_STATS = 1 << 3; // linux/rtnetlink.h

export interface Link {
  readonly index: number;
  readonly name: string;
  readonly mtu: number;
  /** ARPHRD_*, linux/if_arp.h. */
  readonly hardware: number;
  /** As its driver calls itself, `veth`; `null` for those that no driver made on demand. */
  readonly kind: string | null;
  readonly isUp: boolean;
  /** Index of the bridge, bond or the like that it is a port of. */
  readonly master: number | null;
  /**
   * Its other end, or what it lies upon. `namespace` is what the kernel calls the other namespace in this one, negative
   * where it has no word for it; `null` is this one.
   */
  readonly link: { readonly index: number; readonly namespace: number | null } | null;
}

/**
 * The kernel numbers the namespaces that interfaces have their other end in when it is first asked, and that is all that it
 * changes.
 */
export function listLinks(listener: Listener<Link>, mostBytes: number): Listing {
  const filter = encodeAttribute(IFLA_EXT_MASK, encodeU32(RTEXT_FILTER_SKIP_STATS));
  const request = encodeMessage(RTM_GETLINK, NLM_F_DUMP, new Uint8Array(IFINFOMSG_BYTES), filter);
  return list(request, decodeLink, listener, mostBytes);
}

/** `null` for what is no interface, or has neither name nor MTU. */
export function decodeLink({ type, body }: NetlinkMessage): Link | null {
  if (type !== RTM_NEWLINK || body.byteLength < IFINFOMSG_BYTES) return null;
  const view = viewOf(body);
  const attributes = decodeAttributes(body.subarray(IFINFOMSG_BYTES));
  const name = decodeText(attributes.get(IFLA_IFNAME));
  const mtu = decodeU32(attributes.get(IFLA_MTU));
  if (name === null || mtu === null) return null;
  const driver = decodeNested(attributes.get(IFLA_LINKINFO));
  const kind = decodeText(driver.get(IFLA_INFO_KIND));
  // A VXLAN says what it lies upon among what only its driver knows.
  const below = kind === 'vxlan' ? decodeU32(decodeNested(driver.get(IFLA_INFO_DATA)).get(IFLA_VXLAN_LINK)) : null;
  const other = below ?? decodeU32(attributes.get(IFLA_LINK)) ?? 0;
  return {
    index: view.getInt32(4, LITTLE_ENDIAN),
    name,
    mtu,
    hardware: view.getUint16(2, LITTLE_ENDIAN),
    kind,
    isUp: (view.getUint32(8, LITTLE_ENDIAN) & IFF_UP) !== 0,
    master: decodeU32(attributes.get(IFLA_MASTER)),
    // Tunnels without an end here say zero.
    link: other === 0 ? null : { index: other, namespace: decodeI32(attributes.get(IFLA_LINK_NETNSID)) },
  };
}
