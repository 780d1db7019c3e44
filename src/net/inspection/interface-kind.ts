/** What netlink and /sys call an interface, as one of our kinds. */

import type { InterfaceKind } from '../../surroundings.ts';
import type { Link } from '../sys/netlink-links.ts';

export const ARPHRD_ETHER = 1; // linux/if_arp.h
export const ARPHRD_LOOPBACK = 772; // linux/if_arp.h

/** All are words of the driver: IFLA_INFO_KIND, DEVTYPE where it sets one, and what `ethtool -i` prints. */
const KINDS: Readonly<Record<string, InterfaceKind>> = {
  veth: 'veth', // drivers/net/veth.c
  bridge: 'bridge', // net/bridge/br_netlink.c, br_device.c
  bond: 'bond', // drivers/net/bonding/bond_netlink.c, bond_main.c
  bonding: 'bond', // include/net/bonding.h, DRV_NAME
  vlan: 'vlan', // net/8021q/vlan_netlink.c, vlan_dev.c
  '802.1Q VLAN Support': 'vlan', // net/8021q/vlan.c, vlan_fullname
  macvlan: 'macvlan', // drivers/net/macvlan.c
  macvtap: 'macvlan', // drivers/net/macvtap.c
  ipvlan: 'ipvlan', // drivers/net/ipvlan/ipvlan_main.c
  ipvtap: 'ipvlan', // drivers/net/ipvlan/ipvtap.c
  vxlan: 'vxlan', // drivers/net/vxlan/vxlan_core.c
  wireguard: 'wireguard', // drivers/net/wireguard/device.c
  tun: 'tun', // drivers/net/tun.c
};

export function kindOfDriver(name: string): InterfaceKind {
  return Object.hasOwn(KINDS, name) ? (KINDS[name] ?? 'other') : 'other';
}

export function kindOfLink({ hardware, kind }: Pick<Link, 'hardware' | 'kind'>): InterfaceKind {
  return hardware === ARPHRD_LOOPBACK ? 'loopback' : kindOfDriver(kind ?? '');
}
