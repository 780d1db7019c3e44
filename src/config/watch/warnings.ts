/** What is allowed, and seldom meant. */

import type { Given } from './given.ts';
import type { WatchOptions } from './options.ts';

/** One sentence each. */
export function warningsOf(options: WatchOptions, given: Given): readonly string[] {
  const { listen, tokenFile, peers, responder, targets } = options;
  const due = [...targets, ...(peers === null ? [] : [peers])];
  const isOpen = !isLoopback(listen.address);
  return [
    ...(isOpen && tokenFile === null
      ? [`everybody who reaches ${listen.address} may read results and start measurements: set tokenFile`]
      : []),
    ...(peers !== null && !isOpen
      ? [`HTTP listens on ${listen.address} alone, so that peers cannot show what this agent measured: set listen`]
      : []),
    ...(peers !== null && responder === null
      ? ['the responder is off, so that peers cannot measure the way to this agent']
      : []),
    ...(given.has('timeZone') && due.every(({ schedule }) => schedule.kind === 'interval')
      ? ['timeZone goes with cron, and there is none: it does not count']
      : []),
  ];
}

/** RFC 1122 §3.2.1.3, RFC 4291 §2.5.3. */
function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
