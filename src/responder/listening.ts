/** The sockets of a responder: on every address one of UDP and one of TCP, both on the same port. */

import type { Family } from '../contract.ts';
import { type Endpoint, endpointText } from '../endpoint.ts';
import { UsageError } from '../errors.ts';
import { openDatagramServer } from '../net/sys/datagram-socket.ts';
import { errno, errnoName } from '../net/sys/errno.ts';
import { openListener } from '../net/sys/listener.ts';
import { closeSocket, localEndpoint } from '../net/sys/socket.ts';
import { RESPONDER_PORT } from '../wire/responder.ts';

export interface Sockets {
  readonly family: Family;
  readonly endpoint: Endpoint;
  readonly udp: number;
  readonly tcp: number;
}

const ANY: readonly Endpoint[] = [
  { address: '0.0.0.0', port: RESPONDER_PORT },
  { address: '::', port: RESPONDER_PORT },
];
/** For a port that the kernel chooses for UDP, and that TCP may have given away already. */
const ATTEMPTS = 10;

/** @param listen `null` is all addresses of the families that there are. @throws UsageError when one cannot be used. */
export function openSockets(listen: readonly Endpoint[] | null): readonly Sockets[] {
  const open: Sockets[] = [];
  try {
    for (const endpoint of listen ?? ANY) {
      const sockets = openPair(endpoint);
      if (typeof sockets !== 'number') open.push(sockets);
      // A host without IPv6, or without IPv4, serves the other one.
      else if (listen !== null || sockets !== -errno.EAFNOSUPPORT) throw refusal(endpoint, -sockets);
    }
    return open;
  } catch (error) {
    for (const { udp, tcp } of open) for (const fd of [udp, tcp]) closeSocket(fd);
    throw error;
  }
}

/** @returns the negative error number when they cannot be opened. */
function openPair(asked: Endpoint): Sockets | number {
  const family = asked.address.includes(':') ? 6 : 4;
  for (let attempt = 1; ; attempt += 1) {
    const udp = openDatagramServer(family, asked);
    if (udp < 0) return udp;
    const endpoint = { ...asked, port: localEndpoint(udp).port };
    const tcp = openListener(family, endpoint);
    if (tcp >= 0) return { family, endpoint, udp, tcp };
    closeSocket(udp);
    if (asked.port !== 0 || tcp !== -errno.EADDRINUSE || attempt === ATTEMPTS) return tcp;
  }
}

function refusal(asked: Endpoint, number: number): UsageError {
  const fix = {
    [errno.EADDRINUSE]: 'another program listens there; choose another port',
    [errno.EADDRNOTAVAIL]: 'it is no address of this host',
    [errno.EACCES]: 'ports below 1024 need root or CAP_NET_BIND_SERVICE',
    [errno.EAFNOSUPPORT]: 'this host has no such addresses',
  }[number];
  return new UsageError(
    `cannot listen on ${endpointText(asked)} (${errnoName(number)})${fix === undefined ? '' : `: ${fix}`}`,
  );
}
