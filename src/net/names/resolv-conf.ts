/** Text of /etc/resolv.conf → whom to ask, and for which names (resolv.conf(5)). Limits are those of glibc's resolver. */

import { isIP } from 'node:net';

export interface ResolverSettings {
  /** Addresses of name servers, IPv6 perhaps with `%interface`; never empty. */
  readonly servers: readonly string[];
  /** Domains that a name is tried below, in this order. */
  readonly search: readonly string[];
  /** A name with so many dots is tried as it is before it is tried below a domain. */
  readonly ndots: number;
  /** For one question to one server. */
  readonly timeoutMs: number;
  /** How often each server is asked. */
  readonly attempts: number;
  /** Each question begins with another server. */
  readonly rotate: boolean;
}

const MOST_SERVERS = 3; // resolv.h, MAXNS
const MOST_DOMAINS = 32; // glibc has no limit; Kubernetes' is this (pkg/apis/core/validation, MaxDNSSearchPaths)
const MOST_DOTS = 15; // resolv.h, RES_MAXNDOTS
const LONGEST_TIMEOUT_S = 30; // resolv.h, RES_MAXRETRANS
const MOST_ATTEMPTS = 5; // resolv.h, RES_MAXRETRY
const DEFAULTS = { ndots: 1, timeout: 5, attempts: 2 }; // resolv.conf(5)
const SERVER = '127.0.0.1'; // resolv.conf(5): of this machine, where none is named

/** @param hostname of the container; its domain is searched where the file names none. */
export function readResolverSettings(text: string, hostname: string): ResolverSettings {
  const servers: string[] = [];
  const options: string[] = [];
  let search: readonly string[] | null = null;
  for (const line of text.split('\n')) {
    // A comment is a whole line, or what stands behind a value.
    const [keyword = '', ...values] = line
      .replace(/[;#].*/, '')
      .trimEnd()
      .split(/\s+/);
    if (keyword === 'nameserver' && isIP(values[0] ?? '') !== 0) servers.push(values[0] as string);
    // The last of them counts.
    if (keyword === 'search' && values.length > 0) search = values;
    if (keyword === 'domain' && values.length > 0) search = values.slice(0, 1);
    if (keyword === 'options') options.push(...values);
  }
  return {
    servers: servers.length === 0 ? [SERVER] : servers.slice(0, MOST_SERVERS),
    search: (search ?? domainOf(hostname)).slice(0, MOST_DOMAINS),
    ndots: numberOf(options, 'ndots', 0, MOST_DOTS) ?? DEFAULTS.ndots,
    timeoutMs: (numberOf(options, 'timeout', 1, LONGEST_TIMEOUT_S) ?? DEFAULTS.timeout) * 1000,
    attempts: numberOf(options, 'attempts', 1, MOST_ATTEMPTS) ?? DEFAULTS.attempts,
    rotate: options.includes('rotate'),
  };
}

/** Names to ask for, one after the other, until one has an address: `res_search` of glibc. */
export function namesToAsk(name: string, { search, ndots }: ResolverSettings): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const below = search.map((domain) => `${name}.${domain}`.replace(/\.+$/, ''));
  const dots = name.split('.').length - 1;
  return [...new Set(dots >= ndots ? [name, ...below] : [...below, name])];
}

function domainOf(hostname: string): readonly string[] {
  const [, ...domain] = hostname.trim().split('.');
  return domain.length === 0 ? [] : [domain.join('.')];
}

/** The last one given counts; one beyond the limit counts as the limit. */
function numberOf(options: readonly string[], name: string, least: number, most: number): number | null {
  const given = options.flatMap((option) => new RegExp(`^${name}:(\\d{1,9})$`).exec(option)?.[1] ?? []).at(-1);
  return given === undefined ? null : Math.min(Math.max(Number(given), least), most);
}
