import { describe, expect, it } from 'vitest';
import { sweepLine } from '../../../src/cli/sweep-line.ts';

function stream(columns: number) {
  const written: string[] = [];
  return { written, stderr: { columns, write: (text: string) => written.push(text) } as never };
}

describe('how far a sweep has come', () => {
  it('stands on one line of a terminal, no longer than it, and is gone in the end', () => {
    const { written, stderr } = stream(30);
    const line = sweepLine(stderr, true, () => 0);
    line.onProgress({ done: 3, all: 200, name: 'a name\nof two lines' });
    line.clear();
    line.clear();
    expect(written).toEqual(['\r\u001b[K3 of 200 layers measured; now', '\r\u001b[K']);
  });

  it('is a line now and then in a log, where there are many', () => {
    const { written, stderr } = stream(0);
    let now = 0;
    const line = sweepLine(stderr, false, () => now);
    for (now = 0; now <= 12_000; now += 1000) line.onProgress({ done: now / 1000, all: 200, name: 'x' });
    line.clear();
    expect(written).toEqual(['5 of 200 layers measured; now x\n', '10 of 200 layers measured; now x\n']);
  });

  it('is not told of few, nor where nobody wants to know', () => {
    const { written, stderr } = stream(80);
    let now = 0;
    const few = sweepLine(stderr, false, () => now);
    const quiet = sweepLine(null, false, () => now);
    now = 60_000;
    few.onProgress({ done: 1, all: 3, name: 'x' });
    quiet.onProgress({ done: 1, all: 300, name: 'x' });
    quiet.clear();
    expect(written).toEqual([]);
  });
});
