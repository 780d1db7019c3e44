import { describe, expect, it } from 'vitest';
import type { Behaviour, Verdict } from '../../../src/contract.ts';
import { diagnose } from '../../../src/diagnosis/diagnose.ts';
import { type Changes, measurement, NOWHERE, PEER_1400, SILENT_1400, TOLD_1400 } from './measurement.ts';

type Row = readonly [
  what: string,
  changes: Changes,
  forward: readonly [number | null, boolean, Behaviour],
  reverse: readonly [number | null, boolean, Behaviour],
  verdict: Verdict,
];

const CLEAR = [1500, true, 'clear'] as const;
const ZERO = {
  method: 'icmp-raw',
  direction: 'forward',
  size: 1500,
  outcome: 'packet-too-big',
  from: '10.0.0.1',
  nextHopMtu: 0,
  sentAtMs: 0,
} as const;
const CACHED = { interface: 'eth0', address: '172.17.0.2', mtu: 1500, cachedPathMtu: 1400 } as const;

const ROWS: readonly Row[] = [
  ['a clean path', {}, CLEAR, CLEAR, 'clear'],
  ['a reverse black hole', { reverse: SILENT_1400 }, CLEAR, [1400, true, 'silent'], 'black-hole'],
  ['a forward black hole', { tcp: SILENT_1400 }, [1400, true, 'silent'], CLEAR, 'black-hole'],
  ['told forward', { tcp: TOLD_1400 }, [1400, true, 'signalled'], CLEAR, 'reduced'],
  ['told in reverse', { reverse: TOLD_1400 }, CLEAR, [1400, true, 'signalled'], 'reduced'],
  [
    'one size told, a smaller one silent',
    { tcp: { ...SILENT_1400, smallestTold: 1401, pathMtu: 1300 } },
    [1300, true, 'silent'],
    CLEAR,
    'black-hole',
  ],
  [
    'echo told, TCP kept below it for the sake of the reverse black hole',
    {
      reverse: SILENT_1400,
      tcp: { pathMtu: 1450, ceiling: 1450 },
      echo: { ...TOLD_1400, pathMtu: 1450, smallestTold: 1451 },
      withheldAbove: 1450,
    },
    [1450, true, 'signalled'],
    [1400, true, 'silent'],
    'black-hole',
  ],
  [
    'TCP kept below the reverse path MTU, nothing else looked',
    { reverse: SILENT_1400, tcp: { pathMtu: 1400, ceiling: 1400 }, echo: null, withheldAbove: 1400 },
    [1400, false, 'unknown'],
    [1400, true, 'silent'],
    'black-hole',
  ],
  [
    'silent by echo alone',
    { tcp: null, echo: SILENT_1400, rest: { portState: 'silent' }, reverse: null },
    [1400, false, 'silent'],
    [null, false, 'unknown'],
    'inconclusive',
  ],
  ['large echoes lost, TCP carries them', { echo: SILENT_1400 }, CLEAR, CLEAR, 'clear'],
  [
    'a clamp, with silence above it',
    {
      tcp: { pathMtu: 1400, ceiling: 1400 },
      echo: SILENT_1400,
      reverse: { pathMtu: 1400, settledBy: 'limited' },
      rest: PEER_1400,
    },
    [1400, false, 'clamped'],
    [1400, false, 'clamped'],
    'clamped',
  ],
  [
    'a clamp outranks what echo alone was told',
    { tcp: { pathMtu: 1400, ceiling: 1400 }, echo: TOLD_1400, rest: PEER_1400 },
    [1400, true, 'clamped'],
    CLEAR,
    'clamped',
  ],
  [
    'a remembered path MTU masks both ways; echo looks past it forward',
    { tcp: { pathMtu: 1400, ceiling: 1400 }, reverse: { pathMtu: 1400, ceiling: 1400 }, rest: { egress: CACHED } },
    CLEAR,
    [1400, false, 'unknown'],
    'inconclusive',
  ],
  [
    'a remembered path MTU, and nothing looked past it',
    {
      tcp: { pathMtu: 1400, ceiling: 1400 },
      echo: null,
      reverse: { pathMtu: 1400, ceiling: 1400 },
      rest: { egress: CACHED },
    },
    [1400, false, 'unknown'],
    [1400, false, 'unknown'],
    'inconclusive',
  ],
  [
    'a route with its own MTU',
    {
      tcp: { pathMtu: 1400, ceiling: 1400 },
      echo: null,
      reverse: { pathMtu: 1400, ceiling: 1400 },
      rest: { routeMtu: 1400 },
    },
    [1400, false, 'local-limit'],
    [1400, false, 'clamped'],
    'reduced',
  ],
  [
    "TCP was told no number and fell to the kernel's guess, echo went on",
    { tcp: { ...TOLD_1400, pathMtu: 552, smallestTold: 553 }, echo: TOLD_1400, rest: { evidence: [ZERO] } },
    [1400, true, 'signalled'],
    CLEAR,
    'reduced',
  ],
  [
    'nothing answered',
    {
      tcp: null,
      echo: { pathMtu: null, settledBy: null, answered: false },
      reverse: null,
      rest: { portState: 'silent' },
    },
    [null, false, 'unknown'],
    [null, false, 'unknown'],
    'unreachable',
  ],
  [
    'nothing answered before it was interrupted',
    {
      tcp: null,
      echo: { pathMtu: null, settledBy: null, answered: false },
      reverse: null,
      rest: { portState: 'silent', cut: true },
    },
    [null, false, 'unknown'],
    [null, false, 'unknown'],
    'inconclusive',
  ],
  [
    'a closed port',
    { tcp: null, reverse: null, rest: { portState: 'refused' } },
    CLEAR,
    [null, false, 'unknown'],
    'inconclusive',
  ],
  [
    'only one direction asked for',
    { tcp: null, echo: null, rest: { asked: ['reverse'] } },
    [null, false, 'unknown'],
    CLEAR,
    'clear',
  ],
  [
    'loopback',
    { tcp: null, echo: null, reverse: null, rest: { local: true, portState: 'not-tried' } },
    CLEAR,
    CLEAR,
    'clear',
  ],
];

describe('what a measurement means', () => {
  it.each(ROWS)('%s', (_, changes, forward, reverse, verdict) => {
    const diagnosis = diagnose(measurement(changes), 'rubygems.org', NOWHERE);
    const asRow = ({ pathMtu, exact, behaviour }: typeof diagnosis.forward): unknown => [pathMtu, exact, behaviour];
    expect([asRow(diagnosis.forward), asRow(diagnosis.reverse), diagnosis.verdict]).toEqual([
      forward,
      reverse,
      verdict,
    ]);
  });

  it('calls a silence that healed delayed', () => {
    const given = measurement({ reverse: SILENT_1400 });
    const healed = { ...given, reverse: { ...given.reverse, recoveredAfterMs: 6500 } };
    expect(diagnose(healed, 'rubygems.org', NOWHERE)).toMatchObject({
      verdict: 'delayed',
      reverse: { behaviour: 'delayed', recoveredAfterMs: 6500 },
    });
  });

  it('names a router once, and an unnamed one only where nobody is named', () => {
    const told = {
      direction: 'forward',
      size: 1500,
      outcome: 'packet-too-big',
      nextHopMtu: 1450,
      sentAtMs: 0,
    } as const;
    const evidence = [
      { ...told, method: 'icmp-raw', from: '172.17.0.1' },
      { ...told, method: 'icmp-raw', from: '172.17.0.1' },
      { ...told, method: 'tcp-segment', from: null },
    ] as const;
    const { forward } = diagnose(measurement({ tcp: TOLD_1400, rest: { evidence } }), 'rubygems.org', NOWHERE);
    expect(forward.packetTooBig).toEqual([{ from: '172.17.0.1', nextHopMtu: 1450, ttl: null }]);
  });
});
