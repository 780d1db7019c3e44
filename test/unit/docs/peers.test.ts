import { describe, expect, it } from 'vitest';
import { MOST_AGENTS } from '../../../src/service/peers/agents.ts';
import { ROW_PATH } from '../../../src/service/peers/ask-row.ts';
import { GATHER_LIMITS, longestAnswer } from '../../../src/service/peers/gather.ts';
import { document, section } from './documents.ts';

const TEXT = document('docs/peers.md');
const MATRIX = section(TEXT, 'The matrix');

describe('docs/peers.md', () => {
  it('has the limits of the matrix', () => {
    const { atOnce, answerMs, allMs, keepMs, allBytes } = GATHER_LIMITS;
    expect(MATRIX).toContain(`${atOnce} at a time, ${answerMs / 1000} seconds each, ${allMs / 1000} seconds for all`);
    expect(MATRIX).toContain(`answers are kept for ${keepMs / 1000} seconds`);
    const forEach = longestAnswer(1) - longestAnswer(0);
    expect(MATRIX).toContain(`at most ${longestAnswer(0) / 1024} KiB and ${forEach} bytes for each agent`);
    expect(MATRIX).toContain(`all together ${allBytes / 2 ** 20} MiB`);
  });

  it('has the path of a row, and how many agents there can be', () => {
    expect(MATRIX).toContain(`\`${ROW_PATH}\``);
    expect(TEXT).toContain(`beyond ${MOST_AGENTS.toLocaleString('en').replace(',', ' ')} agents`);
  });
});
