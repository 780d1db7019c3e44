import { describe, expect, it } from 'vitest';
import { DatagramWave } from '../../../src/search/datagram-rule.ts';

const PROBES = [
  { id: 1, size: 1500 },
  { id: 2, size: 1400 },
];
const SENTINEL = { id: 3, size: 64 };
const TIMING = { rttMs: 10, jitterMs: 1 };

describe('the loss rule of a wave of datagrams', () => {
  it('is over when everything was answered', () => {
    const wave = new DatagramWave(PROBES, SENTINEL, 0);
    for (const { id } of [...PROBES, SENTINEL]) wave.onOutcome(id, { kind: 'arrived' }, 10);
    expect([...(wave.poll(10, TIMING)?.values() ?? [])]).toEqual([{ kind: 'arrived' }, { kind: 'arrived' }]);
  });

  it('calls a size missing one guard after the sentinel, without a timeout', () => {
    const wave = new DatagramWave(PROBES, SENTINEL, 0);
    wave.onOutcome(2, { kind: 'arrived' }, 10);
    wave.onOutcome(3, { kind: 'arrived' }, 11);
    expect(wave.poll(60, TIMING)).toBeNull();
    expect([...(wave.poll(61, TIMING)?.values() ?? [])]).toEqual([{ kind: 'missing' }, { kind: 'arrived' }]);
  });

  it('knows nothing when nothing answers, and pays a timeout only then', () => {
    const wave = new DatagramWave(PROBES, SENTINEL, 0);
    expect(wave.poll(999, null)).toBeNull();
    expect([...(wave.poll(1000, null)?.values() ?? [])]).toEqual([{ kind: 'none' }, { kind: 'none' }]);
    expect(wave.poll(300, TIMING)).not.toBeNull();
  });

  it('keeps the first word about a probe, and listens to no stranger', () => {
    const wave = new DatagramWave(PROBES, SENTINEL, 0);
    expect(wave.onOutcome(1, { kind: 'told', nextHopMtu: 1400, carried: false }, 5)).toBe(true);
    expect(wave.onOutcome(1, { kind: 'arrived' }, 6)).toBe(false);
    expect(wave.onOutcome(99, { kind: 'arrived' }, 6)).toBe(false);
  });
});
