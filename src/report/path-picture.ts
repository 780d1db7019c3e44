/**
 * One direction of a path in one line. The number on a link is the largest size that passes it.
 *
 *   you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org     told: a router refused, and said what it would take
 *   you ──1500──▶ 172.17.0.1 ──1500──✗──1450──▶ rubygems.org      vanished, behind the last that had it in hand
 *   you ◀──1450──✗──1500── rubygems.org                 vanished: where is not known, so there is no name
 *   you ──≥1400──▶ rubygems.org                         lower bound
 *
 * Our side is on the left in both directions.
 */

import type { Direction, DirectionName, PathReport } from '../contract.ts';
import { hostOf } from './host.ts';
import { isByPingsAlone } from './only-pings.ts';

const YOU = 'you';

interface Link {
  /** The largest size that passes; two where larger ones enter and vanish. */
  readonly sizes: readonly string[];
  readonly to: string;
}

export function pathPicture(name: DirectionName, path: PathReport): string {
  return name === 'forward'
    ? links(name, path, hostOf(path)).reduce((line, { sizes, to }) => `${line} ──${sizes.join('──✗──')}──▶ ${to}`, YOU)
    : links(name, path, YOU).reduce(
        (line, { sizes, to }) => `${to} ◀──${[...sizes].reverse().join('──✗──')}── ${line}`,
        hostOf(path),
      );
}

function links(name: DirectionName, path: PathReport, end: string): Link[] {
  const direction = path[name];
  const tried = String(triedSize(name, path));
  const arrives = arrivingSize(direction);
  const links: Link[] = [];
  let size = tried;
  for (const { from, nextHopMtu } of refusals(direction)) {
    links.push({ sizes: [size], to: from ?? 'a router' });
    size = nextHopMtu === 0 ? '?' : String(nextHopMtu);
  }
  const isHole = direction.behaviour === 'delayed' || (direction.behaviour === 'silent' && !isByPingsAlone(direction));
  const entering = size === arrives ? tried : size;
  if (isHole && direction.hop !== null && direction.hop.address !== null && direction.hop.ttl > 0) {
    const { address } = direction.hop;
    if (links.at(-1)?.to !== address) links.push({ sizes: [entering], to: address });
  }
  return [...links, { sizes: isHole ? [entering, arrives] : [arrives], to: end }];
}

function arrivingSize({ pathMtu, exact }: Direction): string {
  if (pathMtu === null) return '?';
  return exact ? String(pathMtu) : `≥${pathMtu}`;
}

/** Who refused, nearest first: sizes only ever shrink along the way. One entry per size. */
function refusals({ packetTooBig, behaviour, pathMtu }: Direction): Direction['packetTooBig'] {
  const believable = packetTooBig.filter(({ nextHopMtu }) => nextHopMtu === 0 || nextHopMtu >= (pathMtu ?? 0));
  const ordered = [...believable].sort((a, b) => b.nextHopMtu - a.nextHopMtu);
  const unique = [...new Map(ordered.reverse().map((entry) => [entry.nextHopMtu, entry])).values()].reverse();
  if (unique.length > 0 || behaviour !== 'signalled') return unique;
  return [{ from: null, nextHopMtu: pathMtu ?? 0, ttl: null }];
}

/** The largest size that was sent, or offered, in this direction. */
function triedSize(name: DirectionName, { evidence, egress }: PathReport): number {
  const sizes = evidence.filter(({ direction }) => direction === name).map(({ size }) => size);
  return sizes.length === 0 ? egress.mtu : Math.max(...sizes);
}
