/** One direction of a path as a picture: `you ──1500──▶ 172.17.0.1 ──1450──▶ rubygems.org`. */

import type { Direction, DirectionName, PathReport } from '../contract.ts';

export interface PathLine {
  readonly picture: string;
  /** What becomes of larger packets, and who is told. */
  readonly remark: string;
}

export function pathLine(path: PathReport, name: DirectionName, host: string): PathLine {
  const direction = path[name];
  const ends = name === 'forward' ? ['you', host] : [host, 'you'];
  const [from = '', to = ''] = ends;
  return { picture: picture(path, name, from, to), remark: remark(direction, from) };
}

function picture({ egress, forward, ...path }: PathReport, name: DirectionName, from: string, to: string): string {
  const direction = name === 'forward' ? forward : path.reverse;
  const router = direction.packetTooBig.find(({ from: sender, nextHopMtu }) => sender !== null && nextHopMtu === direction.pathMtu);
  const last = `${arrow(size(direction))} ${to}`;
  if (router?.from === undefined || router.from === null) return `${from} ${last}`;
  return `${from} ${arrow(`${egress.mtu}`)} ${router.from} ${last}`;
}

function arrow(label: string): string {
  return `──${label}──▶`;
}

function size({ pathMtu, exact }: Direction): string {
  if (pathMtu === null) return '?';
  return exact ? `${pathMtu}` : `≥${pathMtu}`;
}

function remark({ behaviour, packetTooBig, masked, pathMtu, recoveredAfterMs }: Direction, sender: string): string {
  const isTold = sender === 'you' ? 'you are told' : `${sender} is told`;
  const notTold = sender === 'you' ? 'you are not told' : `${sender} is not told`;
  switch (behaviour) {
    case 'clear':
      return 'every size arrives';
    case 'silent':
      return `larger packets vanish, ${notTold}`;
    case 'delayed':
      return `larger packets vanish, ${notTold} and finds out after ${((recoveredAfterMs ?? 0) / 1000).toFixed(1)} s`;
    case 'signalled': {
      const [router] = packetTooBig.flatMap(({ from }) => from ?? []);
      return router === undefined ? `larger packets do not pass, ${isTold}` : `${router} tells ${sender}`;
    }
    case 'clamped':
      return 'TCP sends nothing larger';
    case 'local-limit':
      return 'this host sends nothing larger';
    case 'not-exercised':
      return `${sender} sent nothing long enough to tell`;
    case 'unknown':
      if (masked) return 'larger packets could not be tried: this host remembers a smaller path MTU';
      return pathMtu === null ? 'not measured' : 'larger packets were not tried';
  }
}
