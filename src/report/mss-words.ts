/** What both ends together know of the segment size: whether somebody on the way rewrites it. */

import type { PathReport } from '../contract.ts';

/** `null` where nobody does, or only one end was asked. */
export function rewritten({ farEnd, mss, findings }: PathReport): string | null {
  if (farEnd === null || !findings.some(({ code }) => code === 'clamped')) return null;
  const { mssArrived, mssSent } = farEnd;
  const there =
    mss.advertised !== null && mssArrived !== null && mssArrived < mss.advertised
      ? `ours of ${mss.advertised} arrived there as ${mssArrived}`
      : null;
  const back =
    mss.peer !== null && mssSent !== null && mssSent <= LARGEST_READABLE && mss.peer < mssSent
      ? `theirs of ${mssSent} arrived here as ${mss.peer}`
      : null;
  const words = [there, back].filter((part) => part !== null);
  return words.length === 0 ? null : `rewritten on the way: ${words.join(', ')}`;
}

/** Above it the window of the handshake bounds what this side takes for the other's MSS (net/tcp.h). */
const LARGEST_READABLE = 32_767;
