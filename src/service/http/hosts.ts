/**
 * DNS rebinding: a page elsewhere has its own name resolve to 127.0.0.1, and its scripts then read what this host tells
 * itself, as if it were theirs. The browser still says by which name it came.
 */

import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback';
}

/** @param host the header, with or without a port. RFC 6761 §6.3: names in `localhost` are loopback, whoever asks. */
export function isLoopbackHost(host: string | undefined): boolean {
  const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d{1,5})?$/.exec(host ?? '') ?? [];
  const name = (bracketed ?? plain).toLowerCase();
  return isLoopback(name) || name === 'localhost' || name.endsWith('.localhost');
}
