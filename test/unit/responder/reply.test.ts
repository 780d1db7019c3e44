import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Arrival, type Reply, type ReplyParts, ReplyRule } from '../../../src/responder/reply.ts';
import { macWith } from '../../../src/secret.ts';
import { SMALLEST_REQUEST, sizeOfDatagram } from '../../../src/wire/responder.ts';
import { type Answer, answerSize } from '../../../src/wire/responder-answer.ts';
import { NO_COOKIE } from '../../../src/wire/responder-header.ts';
import { encodeRequest, type Request } from '../../../src/wire/responder-request.ts';
import { arrival, type Given, parts, SENDER6, SESSION } from './parts.ts';

/** A client and the rule, with the cookie that it was given. */
class Talk {
  readonly parts: ReplyParts;
  readonly rule: ReplyRule;
  readonly given: Given;
  cookie = NO_COOKIE;
  now = 1000;

  constructor(given: Given = {}) {
    this.given = given;
    this.parts = parts(given);
    this.rule = new ReplyRule(this.parts);
  }

  greeted(more: Partial<Arrival> = {}): this {
    const [welcome] = this.ask({ kind: 'hello' }, 0, more);
    expect(welcome?.answer.kind).toBe('welcome');
    this.cookie = welcome?.cookie as typeof NO_COOKIE;
    return this;
  }

  ask(request: Request, length = 0, more: Partial<Arrival> = {}): readonly Reply[] {
    const cookie = request.kind === 'hello' ? NO_COOKIE : this.cookie;
    const datagram = encodeRequest({ session: SESSION, cookie }, request, length, this.given.mac ?? null);
    return this.rule.reply(arrival(datagram, more), this.now);
  }

  answers(request: Request, length = 0, more: Partial<Arrival> = {}): readonly Answer[] {
    return this.ask(request, length, more).map(({ answer }) => answer);
  }
}

const STALE = { kind: 'error', code: 'stale-cookie', lowestVersion: 1, highestVersion: 1 };
const LIMITED = { kind: 'error', code: 'rate-limited', lowestVersion: 1, highestVersion: 1 };
const wave = (...packets: readonly (readonly [id: number, size: number])[]): Request => ({
  kind: 'wave',
  packets: packets.map(([id, size]) => ({ id, size })),
});

describe('whoever has not proved its address', () => {
  it('never gets more than it sent, whatever it sends', () => {
    const talk = new Talk();
    const beginning = Uint8Array.of(0x4d, 0x54, 0x55, 0x50);
    const datagrams = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .tuple(fc.constantFrom(1, 1, 2), fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 300 }))
        .map(([version, type, rest]) => Uint8Array.from([...beginning, version, type, ...rest])),
    );
    fc.assert(
      fc.property(datagrams, (datagram) => {
        const replies = talk.rule.reply(arrival(datagram), talk.now);
        const bytes = replies.reduce((sum, { answer, size }) => sum + (size ?? answerSize(answer)), 0);
        expect(bytes).toBeLessThanOrEqual(datagram.byteLength);
      }),
      { numRuns: 1000 },
    );
    expect(talk.parts.clients.size).toBe(0);
  });

  it('gets "stale cookie" for everything but a greeting', () => {
    const talk = new Talk();
    for (const request of [{ kind: 'probe', id: 1 }, wave([2, 1500]), { kind: 'status' }] as const) {
      expect(talk.answers(request)).toEqual([STALE]);
    }
    expect(talk.parts.counters).toMatchObject({ staleCookie: 3, sent: 0 });
  });

  it('is remembered by nobody', () => {
    expect(new Talk().greeted().parts.clients.size).toBe(0);
  });
});

describe('a client', () => {
  it('is told of both MTUs, and how long its cookie is good', () => {
    const talk = new Talk({ egress: { interfaceMtu: 1500, cachedPathMtu: 1400 } });
    expect(talk.answers({ kind: 'hello' })).toEqual([
      {
        kind: 'welcome',
        lowestVersion: 1,
        highestVersion: 1,
        interfaceMtu: 1500,
        cachedPathMtu: 1400,
        cookieLifetime: 30,
      },
    ]);
  });

  it('has its probes acknowledged as they arrived', () => {
    const talk = new Talk().greeted();
    expect(talk.answers({ kind: 'probe', id: 7 }, 1472)).toEqual([
      { kind: 'ack', id: 7, size: 1500, largestFragment: null, hops: 61 },
    ]);
    expect(talk.answers({ kind: 'probe', id: 8 }, 2972, { largestFragment: 1500 })).toEqual([
      { kind: 'ack', id: 8, size: 3000, largestFragment: 1500, hops: 61 },
    ]);
    const six = new Talk().greeted({ sender: SENDER6 });
    expect(six.answers({ kind: 'probe', id: 7 }, 1452, { sender: SENDER6 })).toMatchObject([{ size: 1500 }]);
  });

  it('gets the packets that it asks for, and is told which are too large for this host', () => {
    const talk = new Talk().greeted();
    const replies = talk.ask(wave([1, 1500], [2, 1501], [3, 80], [4, 79]));
    expect(replies.map(({ answer, size }) => [answer, size])).toEqual([
      [{ kind: 'data', id: 1 }, 1500],
      [{ kind: 'data', id: 3 }, 80],
      [{ kind: 'limit', id: 2, mtu: 1500 }, null],
    ]);
    expect(talk.answers({ kind: 'status' })).toEqual([
      { kind: 'state', interfaceMtu: 1500, cachedPathMtu: null, probes: 0, sent: 2, withheld: 0 },
    ]);
  });

  it('gets nothing for what is sent again', () => {
    const talk = new Talk().greeted();
    expect(talk.ask(wave([5, 1500]))).toHaveLength(1);
    expect(talk.ask(wave([5, 1500]))).toEqual([]);
    expect(talk.ask({ kind: 'probe', id: 5 })).toEqual([]);
    expect(talk.parts.counters.replayed).toBe(2);
  });

  it('has to say hello again when its cookie is old, or of another address', () => {
    const talk = new Talk().greeted();
    const elsewhere = { sender: { address: Uint8Array.of(10, 0, 1, 2), port: 40001 } };
    expect(talk.answers(wave([1, 1500]), 0, elsewhere)).toEqual([STALE]);
    talk.now += 30_000;
    expect(talk.answers(wave([1, 1500]))).toEqual([STALE]);
    expect(talk.greeted().answers(wave([1, 1500]))).toEqual([{ kind: 'data', id: 1 }]);
  });

  it('is told what it does not get, so that it takes nothing for lost', () => {
    const talk = new Talk({ maxRate: 40_000 }).greeted();
    const packets = Array.from({ length: 64 }, (_, id) => [id, 1500] as const);
    const answers = talk.answers(wave(...packets));
    // What may leave at once is 65535 bytes: 43 packets, and the error.
    expect(answers).toHaveLength(44);
    expect(answers.at(-1)).toEqual(LIMITED);
    talk.now += 10_000;
    expect(talk.answers({ kind: 'status' })).toMatchObject([{ sent: 43, withheld: 21 }]);
  });

  it('is forgotten with its cookie, or when too many others come', () => {
    const talk = new Talk({ maxClients: 2 });
    for (const port of [1, 2, 3]) {
      const sender = { address: Uint8Array.of(10, 0, 1, 2), port };
      talk.greeted({ sender }).ask({ kind: 'probe', id: 1 }, 0, { sender });
    }
    expect(talk.parts.clients.size).toBe(2);
    talk.now += 31_000;
    talk.parts.clients.forgetOld(talk.now);
    expect(talk.parts.clients.size).toBe(0);
  });
});

describe('with a secret', () => {
  const mac = macWith(Buffer.from('a secret of 16 b'));

  it('answers only what is signed with it', () => {
    const talk = new Talk({ mac });
    const greeting = (other: typeof mac | null) =>
      arrival(encodeRequest({ session: SESSION, cookie: NO_COOKIE }, { kind: 'hello' }, 0, other));
    expect(talk.rule.reply(greeting(null), 0)).toEqual([]);
    expect(talk.rule.reply(greeting(macWith(Buffer.from('another secret 16'))), 0)).toEqual([]);
    expect(talk.parts.counters.unsigned).toBe(2);
    expect(talk.greeted().ask({ kind: 'probe', id: 1 }, 1000)).toHaveLength(1);
  });
});

describe('another version', () => {
  const later = (request: Request, mac: ReturnType<typeof macWith> | null = null) =>
    encodeRequest({ session: SESSION, cookie: NO_COOKIE }, request, 0, mac).fill(2, 4, 5);

  it('is told which ones would do', () => {
    const talk = new Talk();
    const [reply] = talk.rule.reply(arrival(later({ kind: 'hello' })), 0);
    expect(reply?.answer).toEqual({ kind: 'error', code: 'unsupported-version', lowestVersion: 1, highestVersion: 1 });
    expect(talk.rule.reply(arrival(later({ kind: 'probe', id: 1 })), 0)).toEqual([]);
    expect(talk.rule.reply(arrival(later({ kind: 'hello' }).subarray(0, SMALLEST_REQUEST - 1)), 0)).toEqual([]);
  });

  it('is told nothing without the secret', () => {
    const secret = macWith(Buffer.from('a secret of 16 b'));
    expect(new Talk({ mac: secret }).rule.reply(arrival(later({ kind: 'hello' })), 0)).toEqual([]);
  });
});

it('strangers get no more than their share, and clients are served all the same', () => {
  const talk = new Talk({ maxRate: 100_000 }).greeted();
  let welcomed = 1;
  while (talk.ask({ kind: 'hello' }).length > 0) welcomed += 1;
  expect(welcomed * sizeOfDatagram(SMALLEST_REQUEST, 4)).toBeLessThanOrEqual(65535);
  expect(talk.ask({ kind: 'probe', id: 1 })).toHaveLength(1);
  expect(talk.parts.counters.rateLimited).toBe(1);
});
