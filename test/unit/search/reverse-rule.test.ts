import { describe, expect, it } from 'vitest';
import { type Control, type ReverseContext, ReverseJudge } from '../../../src/search/reverse-rule.ts';
import { FRESH } from './tcp-info.ts';

const TIMING = { rttMs: 10, jitterMs: 0 };
const CONTROL: Control = { replyBytes: 3500, filled: true, answeredAt: 30, requestedAt: 10 };
const CONTEXT: ReverseContext = {
  timing: TIMING,
  control: CONTROL,
  controlIsYounger: true,
  peerSize: 1500,
  firstFlight: null,
  writesInPieces: false,
};

function judgeAfter(changes: Partial<typeof FRESH>, at = 20): ReverseJudge {
  const judge = new ReverseJudge(4, 0);
  judge.onRequest(10);
  judge.onInfo({ ...FRESH, ...changes }, at);
  return judge;
}

describe('the loss rule of the reverse direction', () => {
  it('takes a full segment for an arrival, and nothing less', () => {
    expect(judgeAfter({ rcvMss: 1448, bytesReceived: 1448 }).judge(20, CONTEXT)).toEqual({ kind: 'arrived' });
    expect(judgeAfter({ rcvMss: 1448, bytesReceived: 0 }).judge(20, CONTEXT)).toBeNull();
    expect(judgeAfter({ rcvMss: 1300, bytesReceived: 1300 }).judge(20, CONTEXT)).toBeNull();
  });

  it('waits for the repair before it calls a hole a hole', () => {
    const judge = judgeAfter({ outOfOrderSegments: 1 });
    expect(judge.judge(59, CONTEXT)).toBeNull();
    expect(judge.judge(60, CONTEXT)).toEqual({ kind: 'missing', proof: 'hole' });
  });

  it('does not call a hole a hole while our own request is not acknowledged', () => {
    expect(judgeAfter({ outOfOrderSegments: 1, unackedSegments: 1 }).judge(500, CONTEXT)).toBeNull();
  });

  it('does not call a hole a hole when the control was answered by nothing that fills a segment', () => {
    const short = { ...CONTEXT, control: { ...CONTROL, filled: false, replyBytes: 200 } };
    expect(judgeAfter({ outOfOrderSegments: 1 }).judge(5000, short)).toEqual({ kind: 'short', size: null });
  });

  it('sees that a hole was filled in smaller segments', () => {
    const judge = judgeAfter({ outOfOrderSegments: 1 });
    judge.onInfo({ ...FRESH, outOfOrderSegments: 1, rcvMss: 1348, bytesReceived: 3500, dataSegmentsIn: 4 }, 40);
    expect(judge.judge(101, CONTEXT)).toEqual({ kind: 're-segmented', size: 1400, ofThisSize: true });
  });

  it('never calls a reply that came in full a loss, however soon after the hole it is asked', () => {
    const all = { outOfOrderSegments: 1, rcvMss: 1348, bytesReceived: 3500, dataSegmentsIn: 4 };
    const judge = judgeAfter(all);
    for (let now = 20; now < 80; now += 5) expect(judge.judge(now, CONTEXT)).toBeNull();
    expect(judge.judge(80, CONTEXT)).toEqual({ kind: 're-segmented', size: 1400, ofThisSize: true });
  });

  it('tells a hole that was filled by the same size from one that was not', () => {
    const judge = judgeAfter({ outOfOrderSegments: 1 });
    judge.onInfo({ ...FRESH, outOfOrderSegments: 1, rcvMss: 1448, bytesReceived: 3500 }, 40);
    expect(judge.judge(40, CONTEXT)).toEqual({ kind: 'arrived' });
    expect(judge.sawHole).toBe(true);
  });

  it('does not take the word about a longer tail for one about full segments', () => {
    // 2 × 1448 + 1304: the tail is a packet of 1356.
    const control = { ...CONTROL, replyBytes: 4200 };
    const judge = judgeAfter({ outOfOrderSegments: 1, rcvMss: 1148, bytesReceived: 4200 }, 60);
    const told = { kind: 're-segmented', size: 1200, ofThisSize: false };
    expect(judge.judge(200, { ...CONTEXT, control })).toEqual(told);
  });

  it('knows a server that has learnt since by its SYN-ACK, and what taught it by its first words', () => {
    const judge = judgeAfter({ sndMss: 1148, rcvMss: 1148, bytesReceived: 3500 });
    const told = { kind: 're-segmented', size: 1200 };
    expect(judge.judge(200, CONTEXT)).toEqual({ ...told, ofThisSize: false });
    expect(judge.judge(200, { ...CONTEXT, firstFlight: 1300 })).toEqual({ ...told, ofThisSize: true });
  });

  it('sees a lower MSS in force', () => {
    const clamped = { rcvMss: 1348, bytesReceived: 3500, dataSegmentsIn: 3 };
    expect(judgeAfter(clamped).judge(200, { ...CONTEXT, peerSize: 1400 })).toEqual({
      kind: 'smaller',
      size: 1400,
      ofThisSize: true,
    });
  });

  it('does not take the small writes of a web server for a lower MSS', () => {
    const pieces = { rcvMss: 1200, bytesReceived: 3500, dataSegmentsIn: 9 };
    const judged = judgeAfter(pieces).judge(600, { ...CONTEXT, writesInPieces: true });
    expect(judged).toEqual({ kind: 'short', size: 1252 });
  });

  it('proves a loss without a tail by the control alone, in the same wave only', () => {
    const judge = judgeAfter({});
    expect(judge.judge(300, CONTEXT)).toEqual({ kind: 'missing', proof: 'control' });
    expect(judge.judge(300, { ...CONTEXT, controlIsYounger: false })).toBeNull();
  });

  it('does not take for a loss that less of an endless reply fits into the buffer in large segments', () => {
    const endless = { ...CONTEXT, peerSize: 1450, control: { ...CONTROL, replyBytes: 336_773 } };
    const judge = judgeAfter({ rcvMss: 1398, bytesReceived: 122_685, dataSegmentsIn: 88 });
    expect(judge.judge(5000, endless)).toEqual({ kind: 'smaller', size: 1450, ofThisSize: true });
  });

  it('knows nothing without a control', () => {
    expect(judgeAfter({ outOfOrderSegments: 1 }).judge(5000, { ...CONTEXT, control: null })).toBeNull();
  });

  it('does without counters that old kernels lack', () => {
    expect(judgeAfter({ outOfOrderSegments: null }).judge(300, CONTEXT)).toEqual({ kind: 'missing', proof: 'control' });
  });
});
