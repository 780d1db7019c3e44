/**
 * Names as the machine resolves them that a process came from, after it joined another network namespace: servers such as
 * 127.0.0.53 answer there and nowhere else. A program of ours goes back for each name, since this process cannot.
 */

import { spawn } from 'node:child_process';
import { isIP } from 'node:net';
import { ResolveError } from '../../errors.ts';
import { program } from '../../shipped.ts';
import type { Lookup } from '../resolve.ts';
import { networkOf } from '../sys/namespace-type.ts';
import type { LaunchOrder } from './launch-order.ts';

export type LookedUp =
  | { readonly addresses: readonly { readonly address: string; readonly family: number }[] }
  | { readonly code: string };

const LIMIT_MS = 60_000; // three servers, twice, with 5 s each, for two families in turn (resolv.conf(5))

/** @param home descriptor of the namespace that this process came from. */
export function homeLookup(home: number): Lookup {
  return async (name) => {
    const answer = await askAtHome(home, name);
    if ('addresses' in answer) return answer.addresses;
    throw new ResolveError(`${name} cannot be resolved here (${answer.code}): check its spelling and /etc/resolv.conf`);
  };
}

function askAtHome(home: number, name: string): Promise<LookedUp> {
  const order: LaunchOrder = {
    program: 'net/namespaces/look-up',
    inode: networkOf(home) ?? '',
    pid: null,
    hasRoot: false,
    etc: null,
    isAtHome: false,
    parent: process.pid,
  };
  const [file = '', ...args] = program('net/namespaces/launcher', JSON.stringify(order), name);
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'ignore', home],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
    });
    child.on('error', ({ message }) => resolve({ code: message }));
    child.on('close', (code, signal) => resolve(read(text) ?? { code: signal ?? `exit code ${code}` }));
  });
}

/** Our own program wrote it, or died over it. */
function read(text: string): LookedUp | null {
  try {
    const answer = JSON.parse(text) as LookedUp;
    if (!('addresses' in answer)) return answer;
    return { addresses: answer.addresses.filter(({ address }) => isIP(address) !== 0) };
  } catch {
    return null;
  }
}
