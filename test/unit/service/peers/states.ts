/** Made-up paths to peers. */

import type { PathReport, Verdict } from '../../../../src/contract.ts';
import type { Judgement, KnownDirection, PathState } from '../../../../src/service/contract.ts';
import { agentAt, parsePlace } from '../../../../src/service/peers/agents.ts';
import { targetOf } from '../../../../src/service/peers/targets.ts';

export const AT = '2025-06-01T12:00:00.000Z';
export const LATER = '2025-06-01T12:01:00.000Z';

export const CLEAR: KnownDirection = { pathMtu: 1500, exact: true, behaviour: 'clear' };
export const SILENT: KnownDirection = { pathMtu: 1400, exact: true, behaviour: 'silent' };

export const agent = (entry: string) => agentAt(parsePlace(entry), { port: 4821, httpPort: 8080 });

export interface Known {
  readonly verdict: Verdict;
  readonly forward?: KnownDirection;
  readonly reverse?: KnownDirection;
}

/** @param known `null` where every run was masked. */
export function state(id: string, peer: string, transport: 'tcp' | 'udp', known: Known | null): PathState {
  const target = targetOf(agent(peer));
  return {
    id,
    target,
    address: peer,
    family: 4,
    transport,
    firstSeenAt: AT,
    judgement: known === null ? null : judgement(known),
    last: { at: LATER, verdict: known?.verdict ?? 'clear', masked: known === null },
    maskedSince: known === null ? AT : null,
    holdForwardAbove: null,
  };
}

function judgement({ verdict, forward = CLEAR, reverse = CLEAR }: Known): Judgement {
  // A row is made without looking into the report.
  return { verdict, since: AT, at: AT, forward, reverse, report: {} as PathReport };
}
