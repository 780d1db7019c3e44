/** Whether a job on this host would reach a target through a proxy, by the variables that curl, Go and Ruby read. */

import ipaddr from 'ipaddr.js';

/** Never its user and password. */
export interface Proxy {
  readonly host: string;
  readonly port: number;
}

export interface ProxiedTarget {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  readonly port: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** As Go (net/http) and Ruby (URI) have it; curl takes 1080 for all of them. RFC 9110 §4.2. */
const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const SOCKS_PORT = 1080; // RFC 1928 §3

/** All that are read below. */
export const PROXY_VARIABLES: readonly string[] = [
  'https_proxy',
  'HTTPS_PROXY',
  'http_proxy',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
];

/** @returns `null` where none is set, or the target is exempt, or what is set is no address. */
export function proxyFor(target: ProxiedTarget, environment: Environment): Proxy | null {
  // HTTP_PROXY in capitals may come from a request's header (CVE-2016-5385), and is read by nobody.
  const own = target.scheme === 'https' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy'];
  const value = firstSet([...own, 'all_proxy', 'ALL_PROXY'], environment);
  if (value === null || isExempt(target, firstSet(['no_proxy', 'NO_PROXY'], environment) ?? '')) return null;
  const text = value.includes('://') ? value : `http://${value}`;
  if (!URL.canParse(text)) return null;
  const { hostname, port, protocol } = new URL(text);
  if (hostname === '') return null;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (PORTS[protocol] ?? SOCKS_PORT) : Number(port),
  };
}

function firstSet(names: readonly string[], environment: Environment): string | null {
  return names.map((name) => environment[name]?.trim()).find((value) => value !== undefined && value !== '') ?? null;
}

/** A name and all below it, an address, a range of addresses, or everything; each with or without a port. */
function isExempt({ host, port }: ProxiedTarget, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === '') return false;
    if (entry === '*') return true;
    const [, name = entry, ofPort] = /^(\[[^\]]*\]|[^:]+):(\d+)$/.exec(entry) ?? [];
    if (ofPort !== undefined && Number(ofPort) !== port) return false;
    return matches(host.toLowerCase(), name.toLowerCase().replace(/^\[(.*)\]$/, '$1'));
  });
}

function matches(host: string, name: string): boolean {
  if (ipaddr.isValid(host)) return isInside(host, name);
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

function isInside(host: string, range: string): boolean {
  const address = ipaddr.process(host);
  if (ipaddr.isValid(range)) return ipaddr.process(range).toString() === address.toString();
  if (!ipaddr.isValidCIDR(range)) return false;
  const [base, bits] = ipaddr.parseCIDR(range);
  return base.kind() === address.kind() && address.match(base, bits);
}
