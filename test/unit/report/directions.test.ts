import { describe, expect, it } from 'vitest';
import type { Direction, DirectionName, PathReport } from '../../../src/contract.ts';
import { directionSentence } from '../../../src/report/direction-sentence.ts';
import { pathPicture } from '../../../src/report/path-picture.ts';
import { CLEAR, finding, sent } from './reports.ts';

interface Row {
  readonly name: string;
  readonly direction: DirectionName;
  readonly found: Partial<Direction>;
  readonly path?: Partial<PathReport>;
  readonly picture: string;
  readonly sentence: string;
}

const ROWS: readonly Row[] = [
  {
    name: 'told, by a router that TCP does not name',
    direction: 'forward',
    found: { pathMtu: 1400, behaviour: 'signalled', packetTooBig: [{ from: null, nextHopMtu: 1400, ttl: null }] },
    picture: 'you ──1500──▶ a router ──1400──▶ rubygems.org',
    sentence: '1400 bytes arrive; larger ones are refused, and this host is told.',
  },
  {
    name: 'told on the way back, where nobody can be named',
    direction: 'reverse',
    found: { pathMtu: 1400, behaviour: 'signalled' },
    picture: 'you ◀──1400── a router ◀──1500── rubygems.org',
    sentence: '1400 bytes arrive; larger ones are refused, and rubygems.org is told.',
  },
  {
    name: 'told by two, in the order of the way',
    direction: 'forward',
    found: {
      pathMtu: 1300,
      behaviour: 'signalled',
      packetTooBig: [
        { from: '10.0.2.1', nextHopMtu: 1300, ttl: null },
        { from: '10.0.1.1', nextHopMtu: 1400, ttl: null },
      ],
    },
    picture: 'you ──1500──▶ 10.0.1.1 ──1400──▶ 10.0.2.1 ──1300──▶ rubygems.org',
    sentence: '1300 bytes arrive; larger ones are refused by 10.0.2.1 and 10.0.1.1, and this host is told.',
  },
  {
    name: 'an honest router before a black hole',
    direction: 'forward',
    found: { pathMtu: 1300, behaviour: 'silent', packetTooBig: [{ from: '10.0.1.1', nextHopMtu: 1400, ttl: null }] },
    picture: 'you ──1500──▶ 10.0.1.1 ──1400──✗──1300──▶ rubygems.org',
    sentence: '1300 bytes arrive; larger ones vanish, and this host is not told.',
  },
  {
    name: 'a router that lies',
    direction: 'forward',
    found: { pathMtu: 1500, behaviour: 'clear', packetTooBig: [{ from: '10.0.1.1', nextHopMtu: 1300, ttl: null }] },
    picture: 'you ──1500──▶ rubygems.org',
    sentence: '1500 bytes arrive; eth0 takes no larger ones.',
  },
  {
    name: 'a router that names no MTU',
    direction: 'forward',
    found: { pathMtu: 1400, behaviour: 'signalled', packetTooBig: [{ from: '10.0.1.1', nextHopMtu: 0, ttl: null }] },
    picture: 'you ──1500──▶ 10.0.1.1 ──1400──▶ rubygems.org',
    sentence: '1400 bytes arrive; larger ones are refused by 10.0.1.1, and this host is told.',
  },
  {
    name: 'nothing but silence',
    direction: 'reverse',
    found: { pathMtu: null, exact: false, behaviour: 'silent' },
    picture: 'you ◀──?──✗──1500── rubygems.org',
    sentence: 'No size is proved to arrive; larger ones vanish, and rubygems.org is not told.',
  },
  {
    name: 'a black hole that heals',
    direction: 'reverse',
    found: { pathMtu: 1400, behaviour: 'delayed', recoveredAfterMs: 6512 },
    picture: 'you ◀──1400──✗──1500── rubygems.org',
    sentence: '1400 bytes arrive; larger ones vanish, and rubygems.org gets round that by itself after 6.5 s.',
  },
  {
    name: 'a route with an MTU of its own',
    direction: 'forward',
    found: { pathMtu: 1400, exact: false, behaviour: 'local-limit' },
    picture: 'you ──≥1400──▶ rubygems.org',
    sentence: 'At least 1400 bytes arrive; a route on this host keeps larger ones from being sent.',
  },
  {
    name: 'short replies',
    direction: 'reverse',
    found: { pathMtu: 1352, exact: false, behaviour: 'not-exercised' },
    picture: 'you ◀──≥1352── rubygems.org',
    sentence: 'At least 1352 bytes arrive; no reply was long enough to fill a larger one.',
  },
  {
    name: 'held back on purpose',
    direction: 'forward',
    found: { pathMtu: 1300, exact: false, behaviour: 'unknown' },
    path: { findings: [finding('forward-withheld', 'info', 'Withheld.', 'Withheld.')] },
    picture: 'you ──≥1300──▶ rubygems.org',
    sentence: 'At least 1300 bytes arrive; nothing larger was sent, so that the next run still sees the fault.',
  },
  {
    name: 'cut short',
    direction: 'forward',
    found: { pathMtu: 1300, exact: false, behaviour: 'unknown' },
    path: { findings: [finding('timed-out', 'warning', 'Cut.', 'Cut.')] },
    picture: 'you ──≥1300──▶ rubygems.org',
    sentence: 'At least 1300 bytes arrive; the run ended before more was known.',
  },
  {
    name: 'not settled',
    direction: 'forward',
    found: { pathMtu: 1300, exact: false, behaviour: 'unknown' },
    picture: 'you ──≥1300──▶ rubygems.org',
    sentence: 'At least 1300 bytes arrive; what becomes of larger ones is not known.',
  },
  {
    name: 'a ceiling of the user',
    direction: 'forward',
    found: { pathMtu: 1400, behaviour: 'clear' },
    path: { evidence: [sent('forward', 1400)] },
    picture: 'you ──1400──▶ rubygems.org',
    sentence: '1400 bytes arrive; no larger ones were to be tried.',
  },
  {
    name: 'an IPv6 address as target, not asked for this direction',
    direction: 'reverse',
    found: { pathMtu: null, exact: false, behaviour: 'unknown' },
    path: { url: 'https://[2001:db8::70]/', evidence: [sent('forward', 1500)] },
    picture: 'you ◀──?── 2001:db8::70',
    sentence: 'Not measured.',
  },
];

describe('a direction', () => {
  it.each(ROWS)('$name', ({ direction, found, path, picture, sentence }) => {
    const report: PathReport = { ...CLEAR, ...path, [direction]: { ...CLEAR[direction], ...found } };
    expect(pathPicture(direction, report)).toBe(picture);
    expect(directionSentence(direction, report)).toBe(sentence);
  });
});
