/**
 * A path over UDP, with a responder at the other end: it says what arrives there, and sends what it is asked for.
 *
 *   leaves no trace    forward ─┬─▶ both directions at once
 *                      reverse ─┘
 *   leaves one         reverse ─▶ forward, no larger than what would hide a black hole on the way back
 */

import type { MeasureOptions } from '../config/options.ts';
import type { Measurement, SearchResult } from '../search/measurement.ts';
import type { Channels, DatagramChannel } from './channel.ts';
import type { PathContext } from './context.ts';
import { DatagramSearch } from './datagrams.ts';
import { capUnderHold } from './hold.ts';
import { measuredSoFar } from './measured.ts';
import { RoundTrips } from './round-trips.ts';

interface Found {
  forward: SearchResult | null;
  reverse: SearchResult | null;
  withheldAbove: number | null;
}

/** Nothing is known from before. */
const NO_HOLD = { above: Number.POSITIVE_INFINITY, firm: false };

/** A responder that has not said anything by then is not there: the greeting and three repetitions are lost. */
const GREETING_MS = 3000;

export async function measureByResponder(
  context: PathContext,
  options: MeasureOptions,
  channels: Channels,
): Promise<Measurement> {
  const { path, limits } = context;
  const opening = await channels.responder(path, limits.patience(GREETING_MS));
  if (opening.kind === 'refused') {
    const { reason, answered } = opening;
    return measurement(context, options, { refused: [reason], said: answered ? reason : null });
  }
  const roundTrips = new RoundTrips();
  const search = (channel: DatagramChannel): DatagramSearch =>
    new DatagramSearch(context, channel, () => null, roundTrips);
  const [forward, reverse] = [search(opening.forward), search(opening.reverse)];
  try {
    const found = await searchBoth(context, forward, reverse, opening.forward.traceless);
    const costs = [forward.cost, reverse.cost];
    const said = opening.forward.refusal?.() ?? opening.reverse.refusal?.() ?? null;
    return measurement(context, options, { found, costs, rttMs: roundTrips.shortestMs, said });
  } finally {
    opening.forward.close();
    opening.reverse.close();
  }
}

async function searchBoth(
  { plan, path }: PathContext,
  forward: DatagramSearch,
  reverse: DatagramSearch,
  traceless: boolean,
): Promise<Found> {
  const back = plan.reverse ? reverse.run(plan.reverseCeiling) : Promise.resolve(null);
  const there = (cap: number): Promise<SearchResult | null> =>
    plan.forward ? forward.run(cap) : Promise.resolve(null);
  if (traceless && path.hold === undefined) {
    const [found, way] = await Promise.all([there(plan.ceiling), back]);
    return { forward: found, reverse: way, withheldAbove: null };
  }
  const way = await back;
  const cap = capUnderHold(path.hold ?? NO_HOLD, way, plan);
  return { forward: await there(cap), reverse: way, withheldAbove: cap < plan.ceiling ? cap : null };
}

interface Outcome {
  readonly found?: Found;
  readonly refused?: readonly string[];
  readonly costs?: readonly { readonly packets: number; readonly bytes: number }[];
  readonly rttMs?: number | null;
  /** Why the responder does not answer, as it said itself. */
  readonly said?: string | null;
}

const NOTHING: Found = { forward: null, reverse: null, withheldAbove: null };

function measurement(
  context: PathContext,
  options: MeasureOptions,
  { found = NOTHING, refused = [], costs = [], rttMs = null, said = null }: Outcome,
): Measurement {
  const { forward, reverse, withheldAbove } = found;
  const effort = { searches: [forward, reverse], sent: costs, connections: 0 };
  return {
    ...measuredSoFar(context, options, effort),
    port: context.path.ports[0] ?? null,
    portState: 'not-tried',
    rttMs,
    hopsLeft: null,
    mss: { advertised: null, peer: null, laterPeer: null },
    responder: { said },
    farEnd: null,
    forward: {
      tcp: null,
      datagram: forward,
      scout: null,
      witness: null,
      withheldAbove,
      recoveredAfterMs: null,
      trace: [],
    },
    reverse: { search: reverse, exercised: true, largestSeen: null, noReply: false, recoveredAfterMs: null },
    refusedEngines: refused,
    datagramMethod: 'udp-responder',
    cut: context.limits.reached,
  };
}
