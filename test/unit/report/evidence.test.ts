import { describe, expect, it } from 'vitest';
import { type Evidence, OUTCOMES } from '../../../src/contract.ts';
import { evidenceLines } from '../../../src/report/evidence-lines.ts';
import { BLACK_HOLE, reportOf } from './reports.ts';

const reverse = { method: 'tcp-mss', direction: 'reverse', sentAtMs: 1 } as const;
const forward = { method: 'icmp-raw', direction: 'forward', sentAtMs: 1 } as const;
const FOUND: readonly Evidence[] = [
  { ...reverse, size: 589, outcome: 'arrived' },
  ...Array.from({ length: 6 }, (): Evidence => ({ ...reverse, size: 1500, outcome: 'missing' })),
  { ...reverse, size: 1451, outcome: 'missing' },
  { ...reverse, size: 1450, outcome: 'arrived' },
  { ...forward, size: 1500, outcome: 'packet-too-big', from: '172.17.0.1', nextHopMtu: 1450 },
  { ...forward, size: 1450, outcome: 'arrived' },
];

describe('the evidence', () => {
  it('says what became of each size, and what the control proves', async () => {
    const path = { ...BLACK_HOLE, evidence: FOUND };
    const lines = evidenceLines(path, reportOf('black-hole', [path]));
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('text/evidence.txt');
  });

  it('has words for every outcome', () => {
    const path = { ...BLACK_HOLE, evidence: OUTCOMES.map((outcome) => ({ ...reverse, size: 1500, outcome })) };
    const rows = evidenceLines(path, reportOf('black-hole', [path])).filter((line) => line.includes('×'));
    expect(rows).toHaveLength(OUTCOMES.length);
    for (const row of rows) expect(row).not.toMatch(/undefined|null|NaN/);
  });
});
