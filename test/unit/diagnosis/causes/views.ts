import type { Environment, PacketTooBig } from '../../../../src/contract.ts';
import { diagnose } from '../../../../src/diagnosis/diagnose.ts';
import { forwardFacts } from '../../../../src/diagnosis/forward-facts.ts';
import { reverseFacts } from '../../../../src/diagnosis/reverse-facts.ts';
import type { PathView } from '../../../../src/diagnosis/view.ts';
import type { Measurement } from '../../../../src/search/measurement.ts';
import type { LocalInterface } from '../../../../src/surroundings.ts';
import { measurement } from '../measurement.ts';

/** What somebody may find, and what is seen beside it. */
export interface Found {
  /** Where both directions end. */
  readonly mtu: number;
  /** The interface's. */
  readonly own?: number;
  readonly family?: 4 | 6;
  readonly behaviour?: 'silent' | 'told';
  readonly interfaces?: readonly LocalInterface[];
  readonly environments?: readonly Environment[];
  readonly packetTooBig?: readonly PacketTooBig[];
  readonly hop?: PathView['forward']['hop'];
}

/** Uploads are told where somebody is named, and downloads vanish: what containers inside containers meet. */
export function viewOf(found: Found): PathView {
  const { mtu, packetTooBig = [], hop = null } = found;
  const told = packetTooBig.length > 0 || found.behaviour === 'told';
  const view = measured(narrowed(found, told), found);
  return { ...view, forward: { ...view.forward, packetTooBig, hop, pathMtu: mtu } };
}

function narrowed({ mtu, own = 1500, family = 4 }: Found, told: boolean): Measurement {
  const silent = { ceiling: own, pathMtu: mtu, settledBy: 'loss', silence: true, lost: [mtu + 1] } as const;
  const obeyed = { ceiling: own, pathMtu: mtu, settledBy: 'told', smallestTold: mtu + 1, largestTold: own } as const;
  const egress = { interface: 'eth0', address: '172.17.0.2', mtu: own, cachedPathMtu: null };
  return measurement({
    tcp: told ? obeyed : silent,
    echo: told ? obeyed : silent,
    reverse: silent,
    rest: { egress, family, ceiling: own, reverseCeiling: own },
  });
}

/** The view that diagnosis itself has of a measurement. */
export function measured(
  given: Measurement,
  { environments = [], interfaces = [] }: Pick<Found, 'environments' | 'interfaces'> = {},
): PathView {
  const around = { environments, interfaces };
  const { verdict, forward, reverse } = diagnose(given, 'rubygems.org', around);
  const facts = { forward: forwardFacts(given), reverse: reverseFacts(given) };
  return { host: 'rubygems.org', around, measurement: given, facts, forward, reverse, verdict };
}
