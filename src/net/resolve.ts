/** From what the user wrote to the addresses that are measured, each with its way out of this host. */

import { lookup as dnsLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { ResolveOptions } from '../config/options.ts';
import type { Family, Skipped } from '../contract.ts';
import { NoRouteError, ResolveError, UsageError } from '../errors.ts';
import type { PathTarget } from '../measure/channel.ts';
import { type EgressAnswer, findEgress } from './egress.ts';
import { interfaceIndex, interfaceNames } from './sys/interface.ts';
import { type ParsedTarget, parseTarget } from './target.ts';

interface Address {
  readonly address: string;
  readonly family: Family;
}

/** Addresses of a name, best first. Rejects when it has none, with a ResolveError where it knows more than a code. */
export type Lookup = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

/** As every program of this host resolves names: `/etc/hosts`, then what `/etc/nsswitch.conf` says. */
const systemLookup: Lookup = (name) => dnsLookup(name, { all: true });

/**
 * An address without a route from here is no path: it is skipped, so that a host without IPv6 can measure a name that
 * has AAAA records.
 *
 * @throws UsageError for a target or option that cannot be used; ResolveError when the name has no address of the
 *   families asked for; NoRouteError when no address has a route, or one has none whose family was asked for.
 */
export async function resolveTarget(
  target: string,
  options: ResolveOptions,
  lookup: Lookup = systemLookup,
): Promise<{ readonly paths: readonly PathTarget[]; readonly skipped: readonly Skipped[] }> {
  const parsed = parseTarget(target, options);
  checkOptions(options);
  const addresses = await addressesOf(parsed, options, lookup);
  const paths: PathTarget[] = [];
  const skipped: Skipped[] = [];
  for (const { address, family } of addresses) {
    const answer = egressOf(address, family, options);
    if (answer.kind === 'none') skipped.push({ target: parsed.target, address, reason: answer.reason });
    else paths.push(newPath(parsed, address, family, answer, options));
    if (options.firstAddress && paths.length > 0) break;
  }
  const left = addresses.slice(paths.length + skipped.length);
  const [unreached] = skipped;
  if (unreached !== undefined && (paths.length === 0 || options.familyAsked)) {
    const name = parsed.literal ? parsed.host : `${parsed.host} (${unreached.address})`;
    throw new NoRouteError(`${name}: ${unreached.reason}; check \`ip route\` of this host`);
  }
  const reason = 'not measured, because of --first-address';
  return {
    paths: paths.flatMap(byTransport),
    skipped: [...skipped, ...left.map(({ address }) => ({ target: parsed.target, address, reason }))],
  };
}

/** A responder is measured over both; the one over TCP first, since what UDP is told of would hide it. */
function byTransport(path: PathTarget): PathTarget[] {
  return path.scheme === 'mtu' ? [path, { ...path, transport: 'udp' }] : [path];
}

function checkOptions({ interface: name, source }: ResolveOptions): void {
  if (name !== null && interfaceIndex(name) === null) {
    throw new UsageError(`--interface ${name} does not exist here: choose one of ${interfaceNames().join(', ')}`);
  }
  if (source !== null && isIP(source) === 0) {
    throw new UsageError(`--source ${source} is not an address: give an IPv4 or IPv6 address of this host`);
  }
}

async function addressesOf(parsed: ParsedTarget, options: ResolveOptions, lookup: Lookup): Promise<readonly Address[]> {
  const found = parsed.literal ? [{ address: parsed.host }] : await lookUp(parsed.host, lookup);
  const unique = new Map(found.map(({ address }) => normalise(address)).map((entry) => [entry.address, entry]));
  const usable = [...unique.values()].filter(({ family }) => options.families.includes(family));
  for (const { address } of usable) requireUnicast(parsed.target, address);
  if (usable.length > 0) return usable;
  const wanted = options.families.map((family) => `IPv${family}`).join(' or ');
  if (!parsed.literal) throw new ResolveError(`${parsed.host} has no ${wanted} address`);
  throw new UsageError(`target ${parsed.target} is not an ${wanted} address: leave out -4 and -6`);
}

async function lookUp(name: string, lookup: Lookup): ReturnType<Lookup> {
  try {
    return await lookup(name);
  } catch (error) {
    if (error instanceof ResolveError) throw error;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new ResolveError(`${name} cannot be resolved here${code}: check its spelling and /etc/resolv.conf`, {
      cause: error,
    });
  }
}

/** IPv4 written as IPv6 (RFC 4291 §2.5.5.2) leaves this host as IPv4. */
function normalise(text: string): Address {
  const address = ipaddr.process(text);
  return { address: address.toString(), family: address.kind() === 'ipv4' ? 4 : 6 };
}

function requireUnicast(target: string, address: string): void {
  const range = ipaddr.parse(address).range();
  if (range !== 'multicast' && range !== 'broadcast' && range !== 'unspecified') return;
  throw new UsageError(`target ${target} is no single host (${address}, ${range}): give the address of one`);
}

function egressOf(address: string, family: Family, options: ResolveOptions): EgressAnswer {
  const { source } = options;
  if (source !== null && isIP(source) !== family) {
    return { kind: 'none', reason: `--source ${source} is not an IPv${family} address` };
  }
  return findEgress(address, family, options);
}

function newPath(
  parsed: ParsedTarget,
  address: string,
  family: Family,
  { egress, routeMtu, local }: Extract<EgressAnswer, { kind: 'egress' }>,
  options: ResolveOptions,
): PathTarget {
  const { target, host, url, scheme, ports, path, literal } = parsed;
  // A trailing dot is for DNS only (RFC 6066 §3).
  const serverName = options.serverName ?? (literal ? null : host.replace(/\.$/, ''));
  const offers = egress.mtu;
  return { target, host, url, scheme, address, family, ports, serverName, path, egress, routeMtu, offers, local };
}
