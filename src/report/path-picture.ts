/**
 * One direction of a path in one line. The number on a link is the largest size that passes it.
 *
 *   you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org     told: the router's name stands where it refused
 *   you ◀──1450──✗──1500── rubygems.org                 vanished: where is not known, so there is no name
 *   you ──≥1400──▶ rubygems.org                         lower bound
 */

import type { Direction, DirectionName, PathReport } from '../contract.ts';
import { hostOf } from './host.ts';

const YOU = 'you';
const SOMEBODY = 'a router';

export function pathPicture(name: DirectionName, path: PathReport): string {
  const direction = path[name];
  const { links, routers } = journey(name, path);
  const last = linkOf(direction);
  const stops = [...routers, name === 'forward' ? hostOf(path) : YOU];
  const start = name === 'forward' ? YOU : hostOf(path);
  const labels = [...links, vanishes(direction) ? null : last];
  const steps = stops.map((stop, index) => {
    const label = labels[index] ?? [links.at(-1) ?? String(triedSize(name, path)), last];
    return { label, stop };
  });
  return name === 'forward' ? towards(start, steps) : back(start, steps);
}

interface Step {
  /** The largest size on the link; two where larger ones vanish on it. */
  readonly label: string | readonly string[];
  readonly stop: string;
}

function towards(start: string, steps: readonly Step[]): string {
  return steps.reduce((line, { label, stop }) => `${line} ──${[label].flat().join('──✗──')}──▶ ${stop}`, start);
}

function back(start: string, steps: readonly Step[]): string {
  return steps.reduce((line, { label, stop }) => `${stop} ◀──${[label].flat().reverse().join('──✗──')}── ${line}`, start);
}
