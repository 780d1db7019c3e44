/** Both directions over UDP, with a responder at the other end. */

import { describe, expect, it } from 'vitest';
import type { MeasureOptions } from '../../src/config/options.ts';
import type { Direction, FindingCode } from '../../src/contract.ts';
import { silent, told } from './cases.ts';
import { measureSimulated } from './network/measure.ts';
import type { Network } from './network/network.ts';

function numberOf({ exact, pathMtu, behaviour }: Direction): string {
  return `${exact ? '' : '>='}${pathMtu} ${behaviour}`;
}

async function withResponder(network: Network, options: Partial<MeasureOptions> = {}) {
  const { path, durationMs, learnt } = await measureSimulated({ ...network, responder: true }, options);
  const { verdict, transport, forward, reverse, findings } = path;
  expect(transport).toBe('udp');
  const codes = findings.map(({ code }): FindingCode => code);
  return { result: [verdict, numberOf(forward), numberOf(reverse), ...codes], durationMs, learnt };
}

describe.each([4, 6] as const)('a responder over UDP, IPv%d', (family) => {
  it.each<readonly [string, Network, readonly string[]]>([
    ['is clear where all arrives', {}, ['clear', '1500 clear', '1500 clear']],
    [
      'proves silence on the way there',
      { forward: [silent(1400)] },
      ['black-hole', '1400 silent', '1500 clear', 'black-hole-forward'],
    ],
    [
      'proves silence on the way back',
      { reverse: [silent(1450)] },
      ['black-hole', '1500 clear', '1450 silent', 'black-hole-reverse'],
    ],
    [
      'finds two different holes',
      { forward: [silent(1492)], reverse: [silent(1374)] },
      ['black-hole', '1492 silent', '1374 silent', 'black-hole-reverse', 'black-hole-forward'],
    ],
    [
      'is told, and the responder says that it is',
      { forward: [told(1420)], reverse: [told(1400)] },
      ['reduced', '1420 signalled', '1400 signalled', 'reduced'],
    ],
    [
      'finds the hole below what is told',
      { reverse: [told(1450), silent(1300)] },
      ['black-hole', '1500 clear', '1300 silent', 'black-hole-reverse'],
    ],
    [
      'knows the limit of the responder itself',
      { server: { mtu: 1400 } },
      ['clamped', '1500 clear', '1400 clamped', 'clamped'],
    ],
    [
      'is not what looks into TCP, and no echo',
      { tcpLimit: 1300, echoLimit: 0, udpLimit: 0 },
      ['clear', '1500 clear', '1500 clear'],
    ],
    [
      'may not be there',
      { server: { port: 'silent' } },
      ['unreachable', '>=null unknown', '>=null unknown', 'no-responder'],
    ],
  ])('%s', async (_, network, expected) => {
    expect((await withResponder({ family, ...network })).result).toEqual(expected);
  });

  it('takes no more than eight round trips for a hole each way', async () => {
    const network = { family, rttMs: 50, forward: [silent(1387)], reverse: [silent(1423)] };
    const { result, durationMs } = await withResponder(network);
    expect(result.slice(0, 3)).toEqual(['black-hole', '1387 silent', '1423 silent']);
    expect(durationMs / 50).toBeLessThanOrEqual(8);
  });

  it('that loses packets by chance is in no black hole in 300 runs', async () => {
    const verdicts = new Map<string, number>();
    for (let seed = 1; seed <= 300; seed += 1) {
      const { result } = await withResponder({ family, rttMs: 20, loss: 0.03, seed });
      const [verdict = ''] = result;
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    }
    expect([...verdicts.keys()]).toEqual(['clear']);
  });
});

describe('an engine that leaves a trace', () => {
  it('sends nothing forward that would hide the black hole of the way back', async () => {
    const network: Network = { engine: 'icmp-ping', forward: [told(1400)], reverse: [silent(1450)] };
    const { result, learnt } = await withResponder(network);
    expect(result.slice(0, 3)).toEqual(['black-hole', '1400 signalled', '1450 silent']);
    expect(learnt).toBe(1400);
  });
});
