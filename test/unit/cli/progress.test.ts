import type { WriteStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { progressLine } from '../../../src/cli/progress.ts';
import type { Progress } from '../../../src/measure/progress.ts';

const WAVE: Progress = {
  address: '198.51.100.70',
  direction: 'reverse',
  method: 'tcp-mss',
  wave: 2,
  sizes: [1492, 1480, 1450],
  arrived: 1400,
  failing: 1500,
};

describe('progressLine', () => {
  it('says what is tried, in one line that is written over', () => {
    const { written, line } = progressOn(100, [0]);
    line.onProgress(WAVE);
    expect(written).toEqual([
      '\r\u001b[K198.51.100.70 reverse, wave 2: 3 sizes from 1492 down; 1400 arrives, 1500 does not',
    ]);
  });

  it('never fills the last column, where terminals wrap', () => {
    const { written, line } = progressOn(20, [0]);
    line.onProgress(WAVE);
    expect(written).toEqual(['\r\u001b[K198.51.100.70 rever']);
  });

  it('leaves out what comes faster than anybody reads', () => {
    const { written, line } = progressOn(80, [0, 39, 40]);
    for (let count = 0; count < 3; count++) line.onProgress(WAVE);
    expect(written).toHaveLength(2);
  });

  it('is erased before the report, once, and only if it was shown', () => {
    const { written, line } = progressOn(80, [0]);
    line.clear();
    line.onProgress(WAVE);
    line.clear();
    line.clear();
    expect(written.slice(1)).toEqual(['\r\u001b[K']);
  });
});

function progressOn(columns: number, instants: readonly number[]) {
  const written: string[] = [];
  const terminal = { columns, write: (text: string) => written.push(text) > 0 } as unknown as WriteStream;
  const left = [...instants];
  return { written, line: progressLine(terminal, () => left.shift() ?? Number.POSITIVE_INFINITY) };
}
