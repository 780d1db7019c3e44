/** What an error number says of a connection. */

import type { ConnectionFailure } from '../measure/channel.ts';
import { errno } from './sys/errno.ts';

/** While it was set up or used, as the network made it. */
export function failureOf(number: number): ConnectionFailure {
  return BY_ERRNO.get(number) ?? 'other';
}

/** Before anything left this host: there is no way, or no address of ours, to send from. */
export function failureAtOnce(number: number): ConnectionFailure {
  return AT_ONCE.has(number) ? 'no-route' : failureOf(number);
}

const BY_ERRNO = new Map<number, ConnectionFailure>([
  [errno.ECONNREFUSED, 'refused'],
  [errno.ECONNRESET, 'reset'],
  [errno.EPIPE, 'reset'],
  [errno.ECONNABORTED, 'reset'],
  // What Linux makes of ICMP Destination Unreachable: `icmp_err_convert` (net/ipv4/icmp.c), `tab_unreach` (net/ipv6/icmp.c).
  [errno.EHOSTUNREACH, 'unreachable'],
  [errno.ENETUNREACH, 'unreachable'],
  [errno.EACCES, 'unreachable'],
  [errno.ENOPROTOOPT, 'unreachable'],
]);

const AT_ONCE = new Set<number>([errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT]);
