import { describe, expect, it } from 'vitest';
import { ForwardJudge } from '../../../src/search/forward-rule.ts';
import type { TcpInfo } from '../../../src/wire/tcp-info.ts';
import { FRESH } from './tcp-info.ts';

const TIMING = { rttMs: 10, jitterMs: 0 };

function judgeOf(changes: Partial<TcpInfo>, at: number, before: Partial<TcpInfo> = {}): ForwardJudge {
  const judge = new ForwardJudge(1500, 4, { ...FRESH, ...before }, 0);
  judge.onInfo({ ...FRESH, ...before, ...changes }, at);
  return judge;
}

describe('the loss rule of the forward direction', () => {
  it('takes an acknowledged write for an arrival while the connection can still send it whole', () => {
    expect(judgeOf({ bytesAcked: 1449 }, 10).judge(10, TIMING, false)).toEqual({
      kind: 'arrived',
      retransmitted: false,
    });
  });

  it('does not take a write for an arrival that went through in smaller pieces', () => {
    const judge = judgeOf({ bytesAcked: 1449, pathMtu: 1400, sndMss: 1348 }, 10);
    expect(judge.judge(10, TIMING, false)).toEqual({ kind: 'told', nextHopMtu: 1400, carried: true });
  });

  it('waits for our own repair to vanish as well', () => {
    const judge = judgeOf({ sackedSegments: 1 }, 10);
    expect(judge.judge(500, TIMING, false)).toBeNull();
    judge.onInfo({ ...FRESH, sackedSegments: 1, totalRetransmits: 1 }, 13);
    expect(judge.judge(45, TIMING, false)).toBeNull();
    expect(judge.judge(50, TIMING, false)).toEqual({ kind: 'missing' });
  });

  it('asks a peer without SACK for two vanished repairs beside smaller writes that arrived', () => {
    const judge = judgeOf({ totalRetransmits: 2 }, 700, { sack: false });
    expect(judge.judge(800, TIMING, false)).toBeNull();
    expect(judge.judge(800, TIMING, true)).toEqual({ kind: 'missing' });
  });

  it('keeps the first evidence: a path MTU that shrank long after the hole belongs to another probe', () => {
    const judge = judgeOf({ sackedSegments: 1, totalRetransmits: 1 }, 10);
    judge.onInfo({ ...FRESH, bytesAcked: 1449, pathMtu: 1300, sndMss: 1248 }, 400);
    expect(judge.judge(400, TIMING, false)).toEqual({ kind: 'missing' });
  });

  it('does not take a path MTU that shrank to no less than the write for a word about it', () => {
    const another = new ForwardJudge(1400, 4, FRESH, 0);
    const told = { ...FRESH, pathMtu: 1450, sndMss: 1398 };
    another.onInfo({ ...told, sackedSegments: 1, totalRetransmits: 1 }, 13);
    expect(another.judge(100, TIMING, false)).toEqual({ kind: 'missing' });
    const carried = new ForwardJudge(1400, 4, FRESH, 0);
    carried.onInfo({ ...told, bytesAcked: 1349 }, 13);
    expect(carried.judge(13, TIMING, false)).toEqual({ kind: 'arrived', retransmitted: false });
  });

  it('heeds a second shrink that is below the write', () => {
    const judge = new ForwardJudge(1400, 4, FRESH, 0);
    judge.onInfo({ ...FRESH, pathMtu: 1450, sndMss: 1398 }, 5);
    judge.onInfo({ ...FRESH, pathMtu: 1300, sndMss: 1248 }, 10);
    expect(judge.judge(100, TIMING, false)).toEqual({ kind: 'told', nextHopMtu: 1300, carried: false });
  });

  it('knows nothing while nothing happens', () => {
    expect(judgeOf({}, 10).judge(5000, TIMING, true)).toBeNull();
  });
});
