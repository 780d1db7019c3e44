import { describe, expect, it } from 'vitest';
import { silent, told } from './cases.ts';
import { measureSimulated } from './network/measure.ts';
import type { Network } from './network/network.ts';

const BOTH_1500: Network = {};
const INCIDENT: Network = { forward: [told(1450)], reverse: [silent(1450)] };

async function forwardSizes(network: Network, hold: number | null) {
  const { path, learnt } = await measureSimulated(network, {}, hold);
  const sizes = path.evidence.filter(({ direction }) => direction === 'forward').map(({ size }) => size);
  return { path, learnt, largest: Math.max(0, ...sizes) };
}

describe('while a black hole on the way back is known', () => {
  it('nothing larger than the known path MTU goes forward, by whatever method', async () => {
    const { path, largest, learnt } = await forwardSizes(INCIDENT, 1450);
    expect(path.verdict).toBe('black-hole');
    expect(path.reverse).toMatchObject({ pathMtu: 1450, exact: true, behaviour: 'silent' });
    expect(path.forward).toMatchObject({ pathMtu: 1450, exact: false, behaviour: 'unknown' });
    expect(path.findings.map(({ code }) => code)).toContain('forward-withheld');
    expect(largest).toBe(1450);
    expect(learnt).toBeNull();
  });

  it('larger packets do go when it is not known', async () => {
    const { largest } = await forwardSizes(INCIDENT, null);
    expect(largest).toBe(1500);
  });

  it('a hole that has become smaller lowers what goes forward', async () => {
    const { largest } = await forwardSizes({ forward: [told(1450)], reverse: [silent(1400)] }, 1450);
    expect(largest).toBe(1400);
  });

  it('the run that proves it gone looks forward again', async () => {
    const { path, largest } = await forwardSizes(BOTH_1500, 1450);
    expect(path.verdict).toBe('clear');
    expect(largest).toBe(1500);
  });

  it('a sender that is told now is no black hole', async () => {
    const { path, largest } = await forwardSizes({ forward: [told(1450)], reverse: [told(1450)] }, 1450);
    expect(path.verdict).toBe('reduced');
    expect(largest).toBe(1500);
  });

  it.each<[string, Network, string]>([
    ['nothing long enough comes back', { server: { flight: 600, page: 200 } }, 'inconclusive'],
    ['the port is closed', { server: { port: 'closed' } }, 'inconclusive'],
    ['this host remembers a smaller path MTU', { ...INCIDENT, cachedPathMtu: 1450 }, 'inconclusive'],
  ])('it holds when %s', async (_, network, verdict) => {
    const { path, largest } = await forwardSizes(network, 1450);
    expect(path.verdict).toBe(verdict);
    expect(largest).toBe(1450);
  });

  it.each<[string, Network]>([
    ['over IPv6', { family: 6 }],
    ['without raw sockets', { engine: 'icmp-ping' }],
    ['to a responder over UDP', { responder: true }],
  ])('%s as well', async (_, network) => {
    const held = await forwardSizes({ ...INCIDENT, ...network }, 1450);
    expect([held.path.verdict, held.largest, held.learnt]).toEqual(['black-hole', 1450, null]);
    const healed = await forwardSizes({ ...BOTH_1500, ...network }, 1450);
    expect([healed.path.verdict, healed.largest]).toEqual(['clear', 1500]);
  });
});
