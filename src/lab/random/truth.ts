/**
 * What is true of a random network: a walk over its links, packet by packet. It knows nothing of how a measurement
 * searches, and shares no code with it.
 */

import { FLIGHT_BYTES, type RandomLink, type RandomNetwork } from './network.ts';

export interface DirectionTruth {
  /** The largest packet that arrives, of those that the interfaces at both ends can send. */
  readonly pathMtu: number;
  /** What TCP meets above that. */
  readonly behaviour: 'clear' | 'clamped' | 'signalled' | 'silent';
}

export interface Truth {
  readonly verdict: 'clear' | 'clamped' | 'reduced' | 'black-hole';
  readonly forward: DirectionTruth;
  readonly reverse: DirectionTruth;
  /** The largest packet of TCP, either way: what the two SYNs allow when they arrive. */
  readonly offered: number;
  /** Forward, the routers in front of links at which some packet of the client ends: 1 is the first. */
  readonly ends: readonly number[];
}

/** @param flightBytes what the server says before its reply, where that is less than a packet. */
export function truthOf(network: RandomNetwork, flightBytes: number = FLIGHT_BYTES[network.certificate]): Truth {
  const { client, server, clamp } = network;
  const offered = Math.min(client, server, clamp ?? client);
  const forward = directionTruth(network.forward, client, offered, client);
  const first = firstWordsTruth(network, offered, flightBytes);
  const reverse = directionTruth(network.reverse, Math.min(client, server), first.offered, client);
  const behaviour = reverse.behaviour !== 'silent' && first.told ? 'signalled' : reverse.behaviour;
  const behaviours = [forward.behaviour, behaviour];
  const verdict = behaviours.includes('silent')
    ? 'black-hole'
    : behaviours.includes('signalled')
      ? 'reduced'
      : behaviours.includes('clamped')
        ? 'clamped'
        : 'clear';
  return { verdict, forward, reverse: { ...reverse, behaviour }, offered, ends: endsOf(network) };
}

function endsOf({ forward, client }: RandomNetwork): number[] {
  const ends = Array.from({ length: client }, (_, size) => forward.findIndex(({ mtu }) => size + 1 > mtu) + 1);
  return [...new Set(ends)].filter((router) => router > 0);
}

/** What becomes of one packet: it arrives, its sender is told a number, or it is lost. */
function fateOf(links: readonly RandomLink[], size: number): 'arrives' | 'lost' | number {
  for (const link of links) if (size > link.mtu) return link.silent ? 'lost' : link.mtu;
  return 'arrives';
}

function directionTruth(
  links: readonly RandomLink[],
  largest: number,
  offered: number,
  ceiling: number,
): DirectionTruth {
  let pathMtu = largest;
  while (fateOf(links, pathMtu) !== 'arrives') pathMtu -= 1;
  const fates = new Set(Array.from({ length: offered }, (_, size) => fateOf(links, size + 1)));
  if (fates.has('lost')) return { pathMtu, behaviour: 'silent' };
  if (fates.size > 1) return { pathMtu, behaviour: 'signalled' };
  return { pathMtu, behaviour: offered < ceiling ? 'clamped' : 'clear' };
}

/**
 * The server speaks first in one packet that is smaller than those it sends later. When a router tells it of that one,
 * it never sends larger ones: nobody can meet what would have become of them.
 */
function firstWordsTruth(
  { reverse, family }: RandomNetwork,
  offered: number,
  flightBytes: number,
): { offered: number; told: boolean } {
  const words = flightBytes + (family === 4 ? 52 : 72);
  if (words >= offered) return { offered, told: false };
  let size = words;
  for (let fate = fateOf(reverse, size); typeof fate === 'number'; fate = fateOf(reverse, size)) size = fate;
  return size === words ? { offered, told: false } : { offered: size, told: true };
}
