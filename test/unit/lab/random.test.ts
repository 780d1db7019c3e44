import { describe, expect, it } from 'vitest';
import type { Direction, PathReport } from '../../../src/contract.ts';
import { type RandomNetwork, randomNetwork } from '../../../src/lab/random/network.ts';
import { randomScenario } from '../../../src/lab/random/scenario.ts';
import { scoreOf } from '../../../src/lab/random/score.ts';
import { truthOf } from '../../../src/lab/random/truth.ts';
import { CLEAR } from '../report/reports.ts';

const PLAIN: RandomNetwork = {
  seed: 1,
  family: 4,
  client: 1500,
  server: 1500,
  forward: [{ mtu: 1500, silent: false }],
  reverse: [{ mtu: 1500, silent: false }],
  clamp: null,
  echoLimit: null,
  lossPercent: 0,
  rttMs: 0,
  certificate: 'rsa',
  thinkMs: 0,
  smallBacklog: false,
};
const told = (mtu: number) => ({ mtu, silent: false });
const silent = (mtu: number) => ({ mtu, silent: true });

describe('a random network', () => {
  it('is the same for the same seed, and another one for another', () => {
    expect(randomNetwork(7)).toEqual(randomNetwork(7));
    expect(randomNetwork(7)).not.toEqual(randomNetwork(8));
  });

  it('never has a link below what its family asks for', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const { family, forward, reverse } = randomNetwork(seed);
      const least = Math.min(...[...forward, ...reverse].map(({ mtu }) => mtu));
      expect(least).toBeGreaterThanOrEqual(family === 4 ? 576 : 1280);
    }
  });
});

describe('the truth', () => {
  it.each([
    ['nothing narrow', {}, [1500, 'clear'], [1500, 'clear'], 'clear'],
    ['told', { forward: [told(1400)] }, [1400, 'signalled'], [1500, 'clear'], 'reduced'],
    ['silent', { reverse: [silent(1400)] }, [1500, 'clear'], [1400, 'silent'], 'black-hole'],
    ['silent before told', { forward: [silent(1400), told(1300)] }, [1300, 'silent'], [1500, 'clear'], 'black-hole'],
    ['told before silent', { forward: [told(1400), silent(1300)] }, [1300, 'silent'], [1500, 'clear'], 'black-hole'],
    [
      'told by a narrower one',
      { forward: [told(1300), silent(1400)] },
      [1300, 'signalled'],
      [1500, 'clear'],
      'reduced',
    ],
    ['a clamp', { clamp: 1400, forward: [silent(1450)] }, [1450, 'clamped'], [1500, 'clamped'], 'clamped'],
    [
      'a server that is told of its first words',
      { certificate: 'ecdsa', reverse: [silent(1400), told(1200)] },
      [1500, 'clear'],
      [1200, 'signalled'],
      'reduced',
    ],
  ] as const)('of %s', (_, changes, forward, reverse, verdict) => {
    const truth = truthOf({ ...PLAIN, ...changes });
    expect([truth.forward.pathMtu, truth.forward.behaviour]).toEqual(forward);
    expect([truth.reverse.pathMtu, truth.reverse.behaviour]).toEqual(reverse);
    expect(truth.verdict).toBe(verdict);
  });
});

describe('the score', () => {
  const truth = truthOf({ ...PLAIN, reverse: [silent(1400)] });
  const report = (reverse: Partial<Direction>, verdict: PathReport['verdict']): PathReport => ({
    ...CLEAR,
    verdict,
    reverse: { ...CLEAR.reverse, ...reverse },
  });

  it('is exact for the byte, the behaviour and the verdict', () => {
    const path = report({ pathMtu: 1400, behaviour: 'silent' }, 'black-hole');
    expect(scoreOf(path, truth)).toEqual({ grade: 'exact', reasons: [] });
  });

  it('is honest for a lower bound, and for what is not known', () => {
    const bound = report({ pathMtu: 1300, exact: false, behaviour: 'silent' }, 'black-hole');
    expect(scoreOf(bound, truth).grade).toBe('honest');
    const unknown = report({ pathMtu: null, exact: false, behaviour: 'unknown' }, 'inconclusive');
    expect(scoreOf(unknown, truth).grade).toBe('honest');
  });

  it.each([
    ['above the truth', { pathMtu: 1401, exact: false, behaviour: 'silent' }, 'black-hole'],
    ['exact and too small', { pathMtu: 1399, behaviour: 'silent' }, 'black-hole'],
    ['another behaviour', { pathMtu: 1400, behaviour: 'signalled' }, 'black-hole'],
    ['another verdict', { pathMtu: 1400, behaviour: 'silent' }, 'clear'],
  ] as const)('is wrong: %s', (_, reverse, verdict) => {
    expect(scoreOf(report(reverse, verdict), truth).grade).toBe('wrong');
  });

  it('is wrong for a place where no packet ends', () => {
    const hop = { ttl: 2, address: 'R2', next: { ttl: 3, address: 'R3' } };
    const path = report({ pathMtu: 1400, behaviour: 'silent' }, 'black-hole');
    const misplaced = { ...path, forward: { ...path.forward, hop } };
    expect(scoreOf(misplaced, truth)).toEqual({ grade: 'wrong', reasons: ['hop 2, is none'] });
  });
});

describe('the lab of a random network', () => {
  it('has a chain of routers for each direction, and routes back for what they say', () => {
    const network = { ...PLAIN, forward: [told(1400), silent(1300)], reverse: [told(1500)] };
    const { topology, families } = randomScenario(network);
    expect(topology.hosts).toEqual(['C', 'S', 'A', 'F2', 'Z']);
    expect(topology.links.flatMap(({ ends }) => ends.map(({ host, name, mtu }) => `${host}:${name} ${mtu}`))).toEqual([
      ...['C:c0 1500', 'A:a0 1500', 'A:f0a 1400', 'F2:f0b 1400', 'F2:f1a 1300', 'Z:f1b 1300'],
      ...['Z:r0a 1500', 'A:r0b 1500', 'Z:z0 1500', 'S:s0 1500'],
    ]);
    expect(topology.routes.filter(({ host }) => host === 'F2').map(({ to, via }) => `${to} ${via}`)).toEqual([
      '10.0.1.0/24 10.1.0.1',
      '10.0.3.0/24 10.1.1.2',
    ]);
    expect(topology.rules).toEqual([{ kind: 'ptb-mute', host: 'F2' }]);
    expect(Object.keys(families)).toEqual(['4']);
  });

  it('has what else the network does', () => {
    const { topology, servers } = randomScenario({
      ...PLAIN,
      family: 6,
      server: 1400,
      clamp: 1450,
      echoLimit: 0,
      lossPercent: 3,
      rttMs: 20,
      smallBacklog: true,
    });
    expect(topology.rules.map(({ kind }) => kind)).toEqual(['mss-clamp', 'echo-limit', 'loss', 'loss']);
    expect(topology.rules[0]).toMatchObject({ mss: 1390 });
    expect(topology.links.at(-1)).toMatchObject({ kind: 'relay', impairments: [{ delayMs: 10 }, { delayMs: 10 }] });
    expect(topology.routes.filter(({ host }) => host === 'S').map(({ mtu }) => mtu)).toEqual([1400, 1400]);
    expect(servers[0]?.services[0]).toMatchObject({ backlog: 5, pace: { busyMs: 20 } });
  });
});
