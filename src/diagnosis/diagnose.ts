/** Measurement → what it means. Pure: the same measurement always gives the same words. */

import type { Direction, DirectionName, Finding, PacketTooBig, Verdict } from '../contract.ts';
import { placeOf } from '../search/hop-rule.ts';
import type { Measurement } from '../search/measurement.ts';
import { behaviourOf } from './behaviour.ts';
import { type DirectionFacts, isUdpService, NOTHING_KNOWN } from './facts.ts';
import { findingsOf } from './findings/index.ts';
import { forwardFacts } from './forward-facts.ts';
import { reverseFacts } from './reverse-facts.ts';
import { isProvedSilence, verdictOf } from './verdict.ts';
import type { Around } from './view.ts';

export interface Diagnosis {
  readonly verdict: Verdict;
  readonly forward: Direction;
  readonly reverse: Direction;
  readonly findings: readonly Finding[];
  /** The MSS in force is below what this host could offer. */
  readonly clamped: boolean;
}

/** @param host the target's name, for the sentences of the findings. */
export function diagnose(measurement: Measurement, host: string, around: Around): Diagnosis {
  const facts = {
    forward: factsOf('forward', measurement),
    reverse: factsOf('reverse', measurement),
  };
  const verdict = verdictOf({ answered: hadAnswer(measurement), asked: measurement.asked, ...facts });
  const forward = directionOf(facts.forward, packetTooBigs('forward', measurement), hopOf(facts.forward, measurement));
  // A Packet Too Big on the way back goes to the other side; only a responder says so, else it is seen to be obeyed.
  const reverse = directionOf(facts.reverse, packetTooBigs('reverse', measurement), null);
  const findings = findingsOf({ host, around, measurement, facts, forward, reverse, verdict });
  const clamped = facts.forward.heldAt !== null || facts.reverse.heldAt !== null;
  return { verdict, forward, reverse, findings, clamped };
}

function factsOf(name: DirectionName, measurement: Measurement): DirectionFacts {
  const { local, asked } = measurement;
  const ceiling = name === 'forward' ? measurement.ceiling : measurement.reverseCeiling;
  if (local) return { ...NOTHING_KNOWN, ceiling, pathMtu: ceiling, exact: true };
  if (!asked.includes(name)) return { ...NOTHING_KNOWN, ceiling };
  return name === 'forward' ? forwardFacts(measurement) : reverseFacts(measurement);
}

/** Silence is one only when it had its time. */
function hadAnswer({ local, portState, forward, reverse, cut, datagramMethod }: Measurement): boolean {
  return (
    cut ||
    local ||
    // Nothing was asked: this process may send no pings, and TCP was not wanted.
    (portState === 'not-tried' && datagramMethod === null) ||
    // That nobody answers such questions says nothing of the host.
    (datagramMethod !== null && isUdpService(datagramMethod)) ||
    portState === 'open' ||
    portState === 'refused' ||
    forward.datagram?.answered === true ||
    reverse.search?.answered === true ||
    forward.scout?.answered === true
  );
}

/** Where larger packets end; nothing where they do not, whatever became of pings. */
function hopOf(facts: DirectionFacts, { forward, egress, address }: Measurement): Direction['hop'] {
  const behaviour = behaviourOf(facts);
  if (behaviour === 'clear' || behaviour === 'clamped' || behaviour === 'local-limit') return null;
  // Of a lost echo nobody knows on which way it was lost.
  if (behaviour === 'silent' && !isProvedSilence(facts)) return null;
  const place = placeOf(forward.trace, egress.address, address);
  return place === null ? null : { ...place.last, next: place.next };
}

function directionOf(facts: DirectionFacts, packetTooBig: readonly PacketTooBig[], hop: Direction['hop']): Direction {
  return {
    pathMtu: facts.pathMtu,
    exact: facts.exact,
    behaviour: behaviourOf(facts),
    masked: facts.masked,
    provedBy: facts.provedBy,
    packetTooBig,
    hop,
    recoveredAfterMs: facts.recoveredAfterMs,
  };
}

/** Each router and number once; one whose sender TCP did not name only if no named one says the same. */
function packetTooBigs(name: DirectionName, { evidence, forward }: Measurement): PacketTooBig[] {
  const told = evidence
    .filter(({ direction, outcome }) => direction === name && outcome === 'packet-too-big')
    // What this host refused because it had been told before is nobody's message.
    .flatMap(({ from, nextHopMtu }) => (nextHopMtu === undefined ? [] : [{ from: from ?? null, nextHopMtu }]));
  const named = new Set(told.filter(({ from }) => from !== null).map(({ nextHopMtu }) => nextHopMtu));
  const kept = told.filter(({ from, nextHopMtu }) => from !== null || !named.has(nextHopMtu));
  const unique = new Map(kept.map((entry) => [`${entry.from} ${entry.nextHopMtu}`, entry])).values();
  const ttlOf = (from: string | null): number | null =>
    (name === 'forward' ? forward.trace : []).find(({ address }) => address !== null && address === from)?.ttl ?? null;
  return [...unique].map((entry) => ({ ...entry, ttl: ttlOf(entry.from) }));
}
