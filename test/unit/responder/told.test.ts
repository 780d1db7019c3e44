import { describe, expect, it } from 'vitest';
import type { ReplyParts } from '../../../src/responder/reply.ts';
import { tell } from '../../../src/responder/told.ts';
import { encodeAnswer } from '../../../src/wire/responder-answer.ts';
import { NO_COOKIE } from '../../../src/wire/responder-header.ts';
import { arrival, parts, SENDER, SENDER6, SESSION } from './parts.ts';

const ROUTER = Uint8Array.of(10, 0, 2, 1);
const MAPPED = Uint8Array.of(...new Array(10).fill(0), 0xff, 0xff, 10, 0, 2, 1);
const NOTHING = new Uint8Array(0);
const data = (id: number, session = SESSION) =>
  encodeAnswer({ session, cookie: NO_COOKIE }, { kind: 'data', id }, 1400, null);

function withWave(...packets: readonly { readonly id: number; readonly size: number }[]): ReplyParts {
  const of = parts();
  of.clients.heard(SENDER, SESSION, arrival(NOTHING).own, 0).lastWave = packets;
  return of;
}

const told = (of: ReplyParts, quote: Uint8Array, nextHopMtu = 1400, to = SENDER) =>
  tell({ to, from: ROUTER, nextHopMtu, quote }, of, 0)?.reply.answer ?? null;

describe('a Packet Too Big', () => {
  it('is for the packet that it quotes', () => {
    const of = withWave({ id: 1, size: 1500 }, { id: 2, size: 1450 });
    expect(told(of, data(2))).toEqual({ kind: 'told', id: 2, nextHopMtu: 1400, from: MAPPED });
    expect(told(of, data(9))).toBeNull();
    expect(of.counters.told).toBe(1);
  });

  it('is for the largest of the last wave where only ports are quoted', () => {
    const of = withWave({ id: 1, size: 1450 }, { id: 2, size: 1500 }, { id: 3, size: 1300 });
    expect(told(of, NOTHING)).toMatchObject({ id: 2, nextHopMtu: 1400 });
    // That one has been spoken of.
    expect(told(of, data(2).subarray(0, 20))).toMatchObject({ id: 1 });
    expect(told(of, NOTHING)).toBeNull();
  });

  it('may name no MTU over IPv4', () => {
    expect(told(withWave({ id: 1, size: 1500 }), data(1), 0)).toMatchObject({ nextHopMtu: 0 });
  });

  it('is nobody’s when it quotes another session, another address, or claims what cannot be', () => {
    const of = withWave({ id: 1, size: 1500 });
    expect(told(of, data(1, new Uint8Array(8)))).toBeNull();
    expect(told(of, data(1), 1400, SENDER6)).toBeNull();
    expect(told(of, data(1), 1500)).toBeNull();
    expect(told(of, data(1), 67)).toBeNull();
    expect(told(withWave(), NOTHING)).toBeNull();
    expect(of.counters.told).toBe(0);
  });

  it('is passed on once for each packet, however often somebody forges it', () => {
    const of = withWave({ id: 1, size: 1500 }, { id: 2, size: 1500 });
    const passed = Array.from({ length: 1000 }, (_, turn) => told(of, turn % 2 === 0 ? NOTHING : data(1)));
    expect(passed.filter((answer) => answer !== null)).toHaveLength(2);
  });
});
