/** Packets vanish and their sender is not told. */

import type { DirectionName } from '../../contract.ts';
import { isUdp, isUdpService } from '../facts.ts';
import { isProvedSilence } from '../verdict.ts';
import { advice, type PathView } from '../view.ts';
import { placeWords, routersBack, traceWords } from './place.ts';
import type { FindingRule } from './rule.ts';

const NOT_KNOWABLE =
  'Which device drops them, and why its Packet Too Big does not reach the sender, cannot be known from here.';

export const BLACK_HOLE_FINDINGS: readonly FindingRule[] = [
  {
    code: 'black-hole-reverse',
    severity: 'critical',
    applies: ({ reverse, facts }) => reverse.behaviour === 'silent' && isProvedSilence(facts.reverse),
    summary: (view) =>
      `${isOverUdp(view, 'reverse') ? `UDP from ${view.host} fails` : `Downloads from ${view.host} hang`}: its ${larger(view.reverse)} never arrive here, ` +
      `and ${view.host} is not told.${advice(view)}`,
    detail: (view) =>
      `${reverseProof(view)} ${proof(view.reverse.exact, view.reverse.pathMtu)} ${routersBack(view.measurement.hopsLeft, view.host)}${NOT_KNOWABLE}`,
  },
  {
    code: 'black-hole-forward',
    severity: 'critical',
    applies: ({ forward, facts }) => forward.behaviour === 'silent' && isProvedSilence(facts.forward),
    summary: (view) =>
      `${isOverUdp(view, 'forward') ? `UDP to ${view.host} fails` : `Uploads to ${view.host} hang`}: ${larger(view.forward)} vanish on the way there, ` +
      `and this host is not told${placeWords(view.forward.hop)}.${advice(view)}`,
    detail: (view) =>
      `${forwardProof(view)} ${proof(view.forward.exact, view.forward.pathMtu)} ` +
      `${traceWords(view.measurement.forward.trace)}${NOT_KNOWABLE}`,
  },
  {
    code: 'delayed-reverse',
    severity: 'critical',
    applies: ({ reverse }) => reverse.behaviour === 'delayed',
    summary: (view) =>
      `Downloads from ${view.host} stall for ${seconds(view.reverse.recoveredAfterMs)} each time before they move: ` +
      `${larger(view.reverse)} never arrive here, until ${view.host} tries smaller ones by itself.${advice(view)}`,
    detail: () => `The sender found a smaller size without being told (RFC 4821). ${NOT_KNOWABLE}`,
  },
  {
    code: 'delayed-forward',
    severity: 'critical',
    applies: ({ forward }) => forward.behaviour === 'delayed',
    summary: (view) =>
      `Uploads to ${view.host} stall for ${seconds(view.forward.recoveredAfterMs)} each time before they move: ` +
      `${larger(view.forward)} vanish, until this host tries smaller ones by itself.${advice(view)}`,
    detail: () =>
      `This host's kernel found a smaller size without being told (RFC 4821, net.ipv4.tcp_mtu_probing). ${NOT_KNOWABLE}`,
  },
];

function isOverUdp({ facts }: PathView, direction: DirectionName): boolean {
  return facts[direction].silentBy.some(isUdp);
}

function reverseProof(view: PathView): string {
  return isOverUdp(view, 'reverse')
    ? 'The responder there sent packets of many sizes at once: the small ones came in, the large ones did not, twice and more.'
    : `A connection that offers packets of ${view.measurement.reverseCeiling} bytes gets the end of the reply and never its ` +
        'beginning; the same request on a connection that offers less is answered in full.';
}

function forwardProof(view: PathView): string {
  if (view.facts.forward.silentBy.some(isUdpService))
    return 'Small questions to the service are answered, and large ones are not, twice and more.';
  return isOverUdp(view, 'forward')
    ? 'The responder there says what reached it: the small ones of many sizes did, the large ones did not, twice and more.'
    : 'The last bytes of a large write are acknowledged while its first packet and our retransmission of it are not; smaller ones are.';
}

/** A lower bound is no place where packets begin to vanish. */
function larger({ pathMtu, exact }: Pick<PathView['forward'], 'pathMtu' | 'exact'>): string {
  if (exact) return `packets larger than ${pathMtu} bytes`;
  return pathMtu === null ? 'large packets' : `large packets, from somewhere above ${pathMtu} bytes on,`;
}

function proof(exact: boolean, pathMtu: PathView['forward']['pathMtu']): string {
  if (pathMtu === null) return 'No size that was tried arrived.';
  return exact
    ? `${pathMtu} bytes arrive, ${pathMtu + 1} do not.`
    : `${pathMtu} bytes arrive; where above that they begin to vanish was not found out.`;
}

function seconds(ms: number | null): string {
  return `${((ms ?? 0) / 1000).toFixed(1)} s`;
}
