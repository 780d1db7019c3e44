/**
 * Names as a process with another root directory resolves them: its /etc/hosts, then the servers of its
 * /etc/resolv.conf. Questions leave from this process's network namespace, which is to be that of the other one: a server
 * at 127.0.0.11, as Docker has it, is there and nowhere else.
 */

import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { ResolveError } from '../../errors.ts';
import type { Lookup } from '../resolve.ts';
import type { Files, Wanted } from '../surroundings.ts';
import { addressesInHosts, MOST_ADDRESSES, sixFirst } from './hosts-file.ts';
import { namesToAsk, type ResolverSettings, readResolverSettings } from './resolv-conf.ts';

const LONGEST_HOSTS = 4 * 1024 * 1024; // lists of blocked hosts have one or two
const LONGEST_SETTINGS = 64 * 1024;
const LONGEST_HOSTNAME = 256; // linux/utsname.h: 64
/** All that is looked at. */
export const NAME_FILES: readonly Wanted[] = [
  ['/etc/hosts', LONGEST_HOSTS],
  ['/etc/resolv.conf', LONGEST_SETTINGS],
  ['/etc/hostname', LONGEST_HOSTNAME],
];
/** For one name: a file may ask for 450 s on each of 32 domains. */
const LIMIT_MS = 60_000;

/** What one question came to. `next`: the next name is worth a question. */
type Answer =
  | { readonly kind: 'found'; readonly addresses: readonly string[] }
  | { readonly kind: 'none'; readonly code: string; readonly next: boolean };

/** @param files of the other process. */
export function containerLookup(files: Files, limitMs: number = LIMIT_MS): Lookup {
  return async (name) => {
    const own = addressesInHosts(files.beginningOf('/etc/hosts', LONGEST_HOSTS) ?? '', name);
    const addresses = own.length > 0 ? own : await askServers(name, settingsIn(files), limitMs);
    return addresses.map((address) => ({ address, family: isIP(address) }));
  };
}

function settingsIn(files: Files): ResolverSettings {
  const text = files.beginningOf('/etc/resolv.conf', LONGEST_SETTINGS) ?? '';
  return readResolverSettings(text, files.beginningOf('/etc/hostname', LONGEST_HOSTNAME) ?? '');
}

/** @throws ResolveError that names the servers, and the file that named them. */
async function askServers(name: string, settings: ResolverSettings, limitMs: number): Promise<readonly string[]> {
  // The resolver of Node.js loses the interface of an address (libuv, uv_inet_pton), and knows no way without.
  const servers = settings.servers.filter((server) => !server.includes('%'));
  const named = `${settings.servers.join(', ')}, of /etc/resolv.conf in there`;
  if (servers.length === 0) {
    throw new ResolveError(`${name} cannot be resolved: ${named}, needs an interface: try --resolver here`);
  }
  const resolver = new Resolver({ timeout: settings.timeoutMs, tries: settings.attempts });
  let hasEnded = false;
  const limit = setTimeout(() => {
    hasEnded = true;
    resolver.cancel();
  }, limitMs);
  try {
    let code = 'ENOTFOUND';
    for (const [number, candidate] of namesToAsk(name, settings).entries()) {
      resolver.setServers(inTurn(servers, settings.rotate ? number : 0));
      const answer = await ask(candidate, resolver);
      if (answer.kind === 'found') return answer.addresses;
      code = hasEnded ? 'ETIMEOUT' : answer.code;
      if (!answer.next) break;
    }
    throw new ResolveError(`${name} cannot be resolved (${code}) by ${named}: check its spelling and that file`);
  } finally {
    clearTimeout(limit);
  }
}

/** Both families at once, as getaddrinfo(3) asks. */
async function ask(name: string, resolver: Resolver): Promise<Answer> {
  const answers = await Promise.allSettled([resolver.resolve6(name), resolver.resolve4(name)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return { kind: 'found', addresses: sixFirst(addresses.slice(0, MOST_ADDRESSES)) };
  const codes = answers.flatMap((answer) => (answer.status === 'rejected' ? codeOf(answer.reason) : []));
  // Where one family failed, the name may exist in spite of what is said of the other.
  const [code = 'ENODATA'] = codes.toSorted((a, b) => gravity(b) - gravity(a));
  return { kind: 'none', code, next: gravity(code) < LASTING };
}

function codeOf(reason: unknown): string {
  if (reason instanceof Error && 'code' in reason) return String(reason.code);
  throw reason;
}

/** From here on the next name would fare no better: nobody answers. */
const LASTING = 2;

function gravity(code: string): number {
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'EBADNAME') return 0;
  return code === 'ESERVFAIL' ? 1 : LASTING;
}

function inTurn(servers: readonly string[], first: number): string[] {
  const at = first % servers.length;
  return [...servers.slice(at), ...servers.slice(0, at)];
}
