import { describe, expect, it } from 'vitest';
import { randomNetwork } from '../../src/lab/random/network.ts';
import { scoreOf } from '../../src/lab/random/score.ts';
import { truthOf } from '../../src/lab/random/truth.ts';
import { simulated } from './network/from-random.ts';
import { measureSimulated } from './network/measure.ts';

const NETWORKS = 600;
/** The rest is honest: it says what it does not know. */
const EXACT_SHARE = 0.97;

describe('networks that nobody drew', () => {
  it('are measured exactly, or honestly, and never wrong', async () => {
    const wrong: string[] = [];
    const honest: string[] = [];
    for (let seed = 1; seed <= NETWORKS; seed += 1) {
      const network = randomNetwork(seed);
      const { path } = await measureSimulated(simulated(network), { timeoutMs: 40_000 });
      const { grade, reasons } = scoreOf(path, truthOf(network));
      const line = `${seed}: ${reasons.join('; ')}`;
      if (grade === 'wrong') wrong.push(line);
      if (grade === 'honest') honest.push(line);
    }
    expect(wrong).toEqual([]);
    expect(honest.length, honest.join('\n')).toBeLessThanOrEqual(NETWORKS * (1 - EXACT_SHARE));
  });

  it('are never measured wrong by a process that may not use raw sockets', async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= NETWORKS / 3; seed += 1) {
      const network = randomNetwork(seed);
      for (const engine of ['icmp-ping', null] as const) {
        const { path } = await measureSimulated({ ...simulated(network), engine });
        const { grade, reasons } = scoreOf(path, truthOf(network));
        if (grade === 'wrong') wrong.push(`${seed} ${engine}: ${reasons.join('; ')}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
