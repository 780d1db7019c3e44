/**
 * Sends raw ICMP at once: the `raw-socket` package sends one packet per turn of the event loop, so that a process which
 * is held up would measure the time before its probes leave.
 */

import type { PathTarget } from '../measure/channel.ts';
import { applyBinding, type Binding } from './binding.ts';
import { CAP_NET_RAW, takeUp } from './sys/capabilities.ts';
import {
  ICMPV6_FILTER,
  IPPROTO_ICMPV6,
  IPPROTO_IPV6,
  IPPROTO_RAW,
  IPV6_DONTFRAG,
  PMTUDISC_INTERFACE,
  SOCK_RAW,
} from './sys/constants.ts';
import { closeSocket, openSocket, setBytesOption, setOption, setPathMtuDiscovery } from './sys/socket.ts';

/** `struct icmp6_filter` (linux/icmpv6.h), a bit per type: all are blocked. */
const DEAF = new Uint8Array(32).fill(0xff);

/**
 * A raw socket that hears nothing, larger packets than the interface's MTU are refused by, and nothing is learnt
 * through. IPv4 packets bring their own IP header (`IPPROTO_RAW`, raw(7)); for IPv6 the kernel adds header and checksum.
 *
 * @returns a file descriptor, or the negative error number.
 */
export function openRawIcmpSender({ family }: PathTarget, binding: Binding): number {
  takeUp(CAP_NET_RAW);
  const fd = openSocket(family, SOCK_RAW, family === 4 ? IPPROTO_RAW : IPPROTO_ICMPV6);
  if (fd < 0) return fd;
  try {
    setPathMtuDiscovery(fd, family, PMTUDISC_INTERFACE);
    if (family === 6) {
      setOption(fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
      setBytesOption(fd, IPPROTO_ICMPV6, ICMPV6_FILTER, DEAF);
    }
    applyBinding(fd, family, binding);
    return fd;
  } catch (error) {
    closeSocket(fd);
    throw error;
  }
}
