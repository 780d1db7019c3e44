/** Packets are smaller than the interface allows, and everybody knows it. */

import { rewrittenMss } from '../../far-end.ts';
import { sizeOfMss } from '../../wire/header-size.ts';
import { advice, type PathView } from '../view.ts';
import type { FindingRule } from './rule.ts';

export const SMALLER_FINDINGS: readonly FindingRule[] = [
  {
    code: 'reduced',
    severity: 'warning',
    applies: ({ forward, reverse }) => forward.behaviour === 'signalled' || reverse.behaviour === 'signalled',
    summary: (view) =>
      `Packets of ${tried(view)} bytes do not pass ${where(view)}; the sender is told and uses ` +
      `${reached(view)}. ${view.verdict === 'reduced' ? 'Nothing hangs as long as' : 'That works as long as'} those messages get through.${advice(view)}`,
    detail: (view) => senders(view),
  },
  {
    code: 'clamped',
    severity: 'info',
    applies: ({ forward, reverse }) => forward.behaviour === 'clamped' || reverse.behaviour === 'clamped',
    summary: (view) =>
      `TCP is kept at packets of ${held(view)} bytes by the segment size that both sides agree on, and those arrive. ` +
      `Traffic that is not TCP (QUIC, DNS, tunnels) is not protected by that; ${view.measurement.farEnd === null ? '--method udp measures it' : 'the UDP path says what it meets'}.`,
    detail: ({ measurement }) =>
      `The MSS in our SYN is ${measurement.mss.advertised ?? 'not known'}, in the SYN-ACK ${measurement.mss.peer ?? 'not known'}. ` +
      whoChose(measurement),
  },
  {
    code: 'local-limit',
    severity: 'warning',
    applies: ({ forward, reverse }) => forward.behaviour === 'local-limit' || reverse.behaviour === 'local-limit',
    summary: ({ measurement }) =>
      `This host itself sends nothing larger than ${measurement.routeMtu ?? 'its route allows'} bytes to this address: ` +
      `its route says so, although ${measurement.egress.interface} allows ${measurement.egress.mtu}.`,
    detail: () => 'A route with an "mtu" of its own; "ip route get ADDRESS" shows it.',
  },
  {
    code: 'peer-may-have-learnt',
    severity: 'info',
    applies: ({ forward, reverse, measurement }) =>
      reverse.behaviour === 'clamped' &&
      forward.behaviour !== 'clear' &&
      heldByPeer(measurement, forward.pathMtu) &&
      !isRewritten(measurement),
    summary: ({ host }) =>
      `${host} offered smaller segments from the start. It may have learnt that from an earlier connection; ten minutes ` +
      'after the last one the result could be different.',
    detail: () =>
      'A server that was sent a Packet Too Big offers the smaller MSS in its next SYN-ACK for 600 s; a clamp on the way looks the same.',
  },
  {
    code: 'ptb-without-mtu',
    severity: 'warning',
    applies: ({ measurement }) => toldNothing(measurement).length > 0,
    summary: ({ measurement }) =>
      `A router says "packet too big" and not how big it may be (${toldNothing(measurement).join(', ')}): senders then fall to very small packets.`,
    detail: () => 'Next-hop MTU 0, as before RFC 1191. Linux then tries the plateaus of RFC 1191 §7, or 552 bytes.',
  },
];

/** What the responder offered is more than what arrived here: it has learnt nothing. */
function isRewritten({ farEnd, mss }: PathView['measurement']): boolean {
  return farEnd !== null && rewrittenMss(farEnd, mss).theirs !== null;
}

/** Who set the smaller MSS: only both ends together know. */
function whoChose({ farEnd, mss, family }: PathView['measurement']): string {
  if (farEnd === null || farEnd.mssArrived === null)
    return 'Whether a router on the way rewrote it or the other host chose it cannot be told from here.';
  const { ours, theirs } = rewrittenMss(farEnd, mss);
  const seen = [
    ...(ours === null ? [] : [`ours arrived there as ${ours.arrived}`]),
    ...(theirs === null ? [] : [`its own left there as ${theirs.sent}`]),
  ];
  return seen.length > 0
    ? `The responder saw that it is rewritten on the way: ${seen.join(', and ')}.`
    : `Nobody rewrites it on the way: the responder got ours as it was, and offers packets of ${sizeOfMss(farEnd.mssSent ?? 0, family)} bytes itself.`;
}

/** The largest size that was tried where it is told. */
function tried({ forward, measurement }: PathView): number {
  return forward.behaviour === 'signalled' ? measurement.ceiling : measurement.reverseCeiling;
}

function where({ forward, reverse, host }: PathView): string {
  if (forward.behaviour === 'signalled' && reverse.behaviour === 'signalled') return `to ${host} and back`;
  return forward.behaviour === 'signalled' ? `to ${host}` : `from ${host} to here`;
}

function reached({ forward, reverse }: PathView): string {
  const sizes = [forward, reverse].filter(({ behaviour }) => behaviour === 'signalled').map(({ pathMtu }) => pathMtu);
  const known = [...new Set(sizes)].filter((size) => size !== null);
  return known.length === 0 ? 'smaller ones' : known.join(' and ');
}

function senders({ forward, reverse, host }: PathView): string {
  const routers = forward.packetTooBig.map(({ from, nextHopMtu }) => `${from ?? 'a router'} says ${nextHopMtu}`);
  const towards = routers.length > 0 ? `On the way to ${host} ${[...new Set(routers)].join(', ')}.` : '';
  const back =
    reverse.behaviour === 'signalled'
      ? `${host} lost a packet and sent the same bytes again in smaller ones: it was told.`
      : '';
  return (
    [towards, back].filter((sentence) => sentence !== '').join(' ') ||
    'Larger packets are answered with Packet Too Big.'
  );
}

function held({ facts }: PathView): string {
  return [...new Set([facts.forward.heldAt, facts.reverse.heldAt].filter((size) => size !== null))].join(' and ');
}

function heldByPeer({ mss, family }: PathView['measurement'], pathMtu: number | null): boolean {
  return mss.peer !== null && sizeOfMss(mss.peer, family) === pathMtu;
}

function toldNothing({ evidence }: PathView['measurement']): string[] {
  const zero = evidence.filter(({ outcome, nextHopMtu }) => outcome === 'packet-too-big' && nextHopMtu === 0);
  return [...new Set(zero.map(({ from }) => from ?? 'not named'))];
}
