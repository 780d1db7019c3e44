import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCounters } from '../../../src/responder/counters.ts';
import { Dialogue, type Step } from '../../../src/responder/dialogue.ts';
import { macWith } from '../../../src/secret.ts';
import { LONGEST_REPLY, REPORT_RECORD_SIZE } from '../../../src/wire/responder.ts';
import type { Mac } from '../../../src/wire/responder-header.ts';
import { encodeTcpRequest, type Operation } from '../../../src/wire/responder-tcp.ts';

const session = new Uint8Array(8).fill(5);
const request = (operation: Operation, bytes = 0, closeAfter = false, mac: Mac | null = null): Uint8Array =>
  encodeTcpRequest({ operation, session, bytes, closeAfter }, mac);
const joined = (...pieces: readonly Uint8Array[]): Uint8Array => Uint8Array.from(pieces.flatMap((piece) => [...piece]));
const REPORT: Step = { kind: 'report', session, elapsedMs: null };

function dialogue(budget = Number.POSITIVE_INFINITY, mac: Mac | null = null) {
  let left = budget;
  const counters = newCounters();
  const mayTake = (bytes: number): boolean => {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  };
  return { counters, talk: new Dialogue({ counters, mac, mayTake }) };
}

describe('a conversation over TCP', () => {
  it('is the same however the bytes are cut', () => {
    const stream = joined(
      request('report'),
      request('reply', 5000),
      request('sink', 10),
      new Uint8Array(10).fill(0x4d),
      request('upload', 100),
      new Uint8Array(100),
      request('upload', 0),
      request('reply', 1, true),
      request('report'),
    );
    const expected: Step[] = [
      REPORT,
      { kind: 'filler', bytes: 5000 },
      { kind: 'report', session, elapsedMs: 0 },
      { kind: 'report', session, elapsedMs: 0 },
      { kind: 'filler', bytes: 1 },
      { kind: 'close' },
    ];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 40 }), (cuts) => {
        const { talk } = dialogue();
        const steps: Step[] = [];
        let at = 0;
        for (const cut of [...cuts, stream.byteLength]) {
          steps.push(...talk.take(stream.subarray(at, at + cut), 0));
          at += cut;
        }
        expect(steps).toEqual(expected);
      }),
    );
  });

  it('throws everything away once it is asked to, without end', () => {
    const { talk } = dialogue();
    expect(talk.take(joined(request('sink'), request('report')), 0)).toEqual([]);
    expect(talk.take(request('report'), 0)).toEqual([]);
    expect(talk.isInRequest).toBe(false);
  });

  it('times an upload from its first byte to its last', () => {
    const { talk } = dialogue();
    talk.take(request('upload', 3), 1000);
    expect(talk.take(new Uint8Array(1), 2000)).toEqual([]);
    expect(talk.take(new Uint8Array(1), 2500)).toEqual([]);
    expect(talk.take(joined(new Uint8Array(1), request('report')), 3500)).toEqual([
      { kind: 'report', session, elapsedMs: 1500 },
      REPORT,
    ]);
  });

  it('knows that a request has begun', () => {
    const { talk } = dialogue();
    expect(talk.isInRequest).toBe(false);
    talk.take(request('report').subarray(0, 35), 0);
    expect(talk.isInRequest).toBe(true);
    talk.take(request('report').subarray(35), 0);
    expect(talk.isInRequest).toBe(false);
  });

  it.each([
    ['another magic', new Uint8Array(36)],
    ['an operation that nobody has', request('report').fill(9, 5, 6)],
    ['a reply that is too long', request('reply', LONGEST_REPLY + 1)],
  ])('ends at once after %s', (_, bytes) => {
    const { talk, counters } = dialogue();
    expect(talk.take(joined(bytes, request('report')), 0)).toEqual([{ kind: 'abort' }]);
    expect(talk.take(request('report'), 0)).toEqual([]);
    expect(counters.malformed).toBe(1);
  });

  it('ends with an error after another version, and when too much is asked for', () => {
    const { talk } = dialogue();
    expect(talk.take(request('report').fill(2, 4, 5), 0)).toEqual([
      { kind: 'error', session, code: 'unsupported-version' },
    ]);
    const { talk: poor } = dialogue(REPORT_RECORD_SIZE + 99);
    expect(poor.take(joined(request('report'), request('reply', 100), request('report')), 0)).toEqual([
      REPORT,
      { kind: 'error', session, code: 'rate-limited' },
    ]);
  });

  it('ends without a word where a secret is wanted', () => {
    const mac = macWith(Buffer.from('a secret of 16 b'));
    const { talk, counters } = dialogue(Number.POSITIVE_INFINITY, mac);
    expect(talk.take(request('report'), 0)).toEqual([{ kind: 'abort' }]);
    expect(counters.unsigned).toBe(1);
    expect(dialogue(Number.POSITIVE_INFINITY, mac).talk.take(request('report', 0, false, mac), 0)).toEqual([REPORT]);
  });

  it('takes whatever comes', () => {
    const beginning = Uint8Array.of(0x4d, 0x54, 0x55, 0x50, 1);
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 100 }),
      fc.uint8Array({ minLength: 31, maxLength: 100 }).map((rest) => joined(beginning, rest)),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 10 }), (chunks) => {
        const { talk } = dialogue();
        for (const chunk of chunks) expect(talk.take(chunk, 0).length).toBeLessThanOrEqual(chunk.byteLength);
      }),
    );
  });
});
