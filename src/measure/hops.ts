/** Sends what finds the hop where large packets end, and waits for what the routers say. */

import { type Ends, type HopTrace, HopWave, hopProbes, routersPassed } from '../search/hop-rule.ts';
import type { Timing } from '../search/timing.ts';
import type { DatagramChannel } from './channel.ts';
import type { PathContext } from './context.ts';

/** As far as traceroute goes (its default since 1988). */
const MOST_HOPS = 30;
/** The way back may be shorter than the way there. */
const ASYMMETRY = 6;

export interface HopOrder extends Ends {
  /** Number of the first probe: no other of this channel has it, or a later one. */
  readonly firstId: number;
  /** What was left of an answer's TTL; `null` where none is known. */
  readonly hopsLeft: number | null;
}

export async function traceHops(
  { clock, limits }: PathContext,
  channel: DatagramChannel,
  order: HopOrder,
  timing: Timing | null,
): Promise<{ readonly trace: HopTrace; readonly packets: number; readonly bytes: number }> {
  const { firstId, hopsLeft } = order;
  const probes = hopProbes(order, mostHops(hopsLeft)).map((probe) => ({ ...probe, id: firstId + probe.id }));
  const wave = new HopWave(probes, order.failing, clock.now());
  for (const probe of probes) channel.send(probe);
  while (clock.now() < wave.deadline(timing) && !limits.reached) {
    for (const event of await channel.receive(limits.clip(wave.deadline(timing)))) {
      if (event.kind === 'time-exceeded') wave.onAnswer(event.id, event, clock.now());
      if (event.kind === 'reply') wave.onAnswer(event.id, { kind: 'arrived' }, clock.now());
    }
  }
  return { trace: wave.trace, packets: probes.length, bytes: probes.reduce((sum, { size }) => sum + size, 0) };
}

function mostHops(hopsLeft: number | null): number {
  return hopsLeft === null ? MOST_HOPS : Math.min(MOST_HOPS, routersPassed(hopsLeft) + 1 + ASYMMETRY);
}
