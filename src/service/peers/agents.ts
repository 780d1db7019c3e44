/** One of those who measure each other, and where it is. */

import { isIP } from 'node:net';
import type { PeersOptions } from '../../config/watch/options.ts';
import { UsageError } from '../../errors.ts';

/** More are not taken in: the figures of docs/peers.md end here. */
export const MOST_AGENTS = 10_000;

export interface Agent {
  /** By which all agents know it: its address where DNS names them, else as it is written in the list. */
  readonly name: string;
  /** `host:port`, an IPv6 address in brackets. */
  readonly responder: string;
  readonly http: string;
}

export type Ports = Pick<PeersOptions, 'port' | 'httpPort'>;

/** An entry of the list, read. */
export interface Place {
  /** As written. */
  readonly name: string;
  /** A name or an address, without brackets. */
  readonly host: string;
  /** Of its responder; `null` is that of all. */
  readonly port: number | null;
}

const PLACE = /^(?:([^\s:/?#@[\]]+)|\[([0-9a-f:.]+)\]|([0-9a-f]*:[0-9a-f]*:[0-9a-f:.]*))(?::(\d{1,5}))?$/i;

/** @throws UsageError for what is no `host`, `host:port`, IPv6 address or `[IPv6]:port`. */
export function parsePlace(entry: string): Place {
  const name = entry.trim();
  const [, named, inBrackets, bare, digits] = PLACE.exec(name) ?? [];
  // All of a bare IPv6 address is the address: what its last group looks like is no port.
  const whole = isIP(name) === 6 ? name : undefined;
  const host = whole ?? named ?? inBrackets ?? bare;
  const port = digits === undefined || whole !== undefined ? null : Number(digits);
  const isHost = host !== undefined && (named === undefined ? isIP(host) === 6 : URL.canParse(`http://${named}/`));
  if (!isHost || (port !== null && (port < 1 || port > 65535))) {
    throw new UsageError(`peers: ${JSON.stringify(entry)} is no agent: write host, host:port or [IPv6]:port`);
  }
  return { name, host, port };
}

export function agentAt({ name, host, port }: Place, ports: Ports): Agent {
  const place = host.includes(':') ? `[${host}]` : host;
  return { name, responder: `${place}:${port ?? ports.port}`, http: `${place}:${ports.httpPort}` };
}
