import { describe, expect, it } from 'vitest';
import { GATHER_LIMITS, Gatherer } from '../../../../src/service/peers/gather.ts';
import { deadPeer, httpPeer, json, rowOfAgent } from './http-peers.ts';

const OWN = rowOfAgent('self', 'a', 'b');

function gatherer(limits: Partial<typeof GATHER_LIMITS> = {}, now = (): number => performance.now()): Gatherer {
  return new Gatherer({ token: null, now, limits: { ...GATHER_LIMITS, ...limits } });
}

describe('the matrix', () => {
  it('has the own row, then those of peers by name, and says who is silent and why', async () => {
    const b = await httpPeer('b', json(rowOfAgent('b', 'self', 'a')));
    const a = await httpPeer('a', json(rowOfAgent('a', 'self', 'b')));
    const broken = await httpPeer('broken', json({ rows: [] }));
    const dead = await deadPeer('dead');
    expect(await gatherer().gather(OWN, [dead, b, broken, a])).toEqual({
      rows: [OWN, rowOfAgent('a', 'self', 'b'), rowOfAgent('b', 'self', 'a')],
      silent: [
        { agent: 'broken', reason: 'answered something else than a row: it is no agent, or one of another version' },
        { agent: 'dead', reason: 'nothing listens at its port' },
      ],
    });
  });

  it('has no rows but the own one without peers', async () => {
    expect(await gatherer().gather(OWN, [])).toEqual({ rows: [OWN], silent: [] });
  });

  it('sends the token', async () => {
    const locked = await httpPeer('a', (request, response) => {
      if (request.headers.authorization === 'Bearer key') json(rowOfAgent('a'))(request, response);
      else response.writeHead(401).end();
    });
    const withKey = new Gatherer({ token: 'key', now: () => 0 });
    expect((await withKey.gather(OWN, [locked])).silent).toEqual([]);
    const refused = 'refused the token (HTTP 401): all agents need the same one';
    expect((await gatherer().gather(OWN, [locked])).silent).toEqual([{ agent: 'a', reason: refused }]);
  });

  it('asks no more than eight at once', async () => {
    const waiting: (() => void)[] = [];
    let asked = 0;
    const peers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        httpPeer(`p${at}`, (request, response) => {
          asked += 1;
          waiting.push(() => json(rowOfAgent(`p${at}`))(request, response));
          if (asked >= 8) for (const answer of waiting.splice(0)) answer();
        }),
      ),
    );
    // Once eight are waiting there is no time for others: who is asked was asked before the first answer.
    const mesh = gatherer({ answerMs: 10_000 }, () => (asked >= 8 ? GATHER_LIMITS.allMs : 0));
    expect((await mesh.gather(OWN, peers)).rows).toHaveLength(1 + 8);
    expect(asked).toBe(8);
  });
});

describe('who looks again', () => {
  it('soon, or meanwhile, gets the same answers beside the own row of now', async () => {
    let asked = 0;
    const peer = await httpPeer('a', (request, response) => {
      asked += 1;
      json(rowOfAgent('a'))(request, response);
    });
    let now = 1_000_000;
    const mesh = gatherer({ keepMs: 5000 }, () => now);
    const later = { ...OWN, rounds: 2 };
    const both = await Promise.all([mesh.gather(OWN, [peer]), mesh.gather(later, [peer])]);
    expect(both.map(({ rows }) => rows[0]?.rounds)).toEqual([1, 2]);
    now += 4999;
    await mesh.gather(OWN, [peer]);
    expect(asked).toBe(1);
    now += 1;
    await mesh.gather(OWN, [peer]);
    expect(asked).toBe(2);
  });

  it('no longer sees who has left', async () => {
    const a = await httpPeer('a', json(rowOfAgent('a')));
    const dead = await deadPeer('dead');
    const mesh = gatherer({}, () => 0);
    expect((await mesh.gather(OWN, [a, dead])).silent).toHaveLength(1);
    expect(await mesh.gather(OWN, [])).toEqual({ rows: [OWN], silent: [] });
  });
});

describe('the limits of all together', () => {
  it('leave out those for whom there is no time, and say so', async () => {
    let now = 0;
    const late = await httpPeer('a', (request, response) => {
      now = 9_900;
      json(rowOfAgent('a'))(request, response);
    });
    const mute = await httpPeer('b', () => {
      now = 10_000;
    });
    const never = await httpPeer('c', json(rowOfAgent('c')));
    // What is left for the second is 100 ms: without the end of all it would hang for longer than this test may take.
    const mesh = gatherer({ atOnce: 1, answerMs: 60_000, allMs: 10_000 }, () => now);
    const { rows, silent } = await mesh.gather(OWN, [late, mute, never]);
    expect(rows.map(({ agent }) => agent)).toEqual(['self', 'a']);
    expect(silent).toEqual([
      { agent: 'b', reason: 'did not answer in time' },
      { agent: 'c', reason: 'was not asked: there was no time left for it' },
    ]);
  });

  it('leave out those for whom there is no room, and say so', async () => {
    const peers = await Promise.all(['a', 'b', 'c'].map((name) => httpPeer(name, json(rowOfAgent(name, 'self')))));
    const bytes = JSON.stringify(rowOfAgent('a', 'self')).length;
    const { rows, silent } = await gatherer({ atOnce: 1, allBytes: bytes + 1 }).gather(OWN, peers);
    expect(rows.map(({ agent }) => agent)).toEqual(['self', 'a', 'b']);
    const reason = 'was not asked: the rows of the others are as much as is read at once';
    expect(silent).toEqual([{ agent: 'c', reason }]);
  });

  it('of one answer grow with the number of agents, and not with what a peer would like to say', async () => {
    const huge = await httpPeer('huge', (_, response) => response.end(' '.repeat(100_000)));
    const { silent } = await gatherer().gather(OWN, [huge]);
    expect(silent).toEqual([{ agent: 'huge', reason: `its answer is longer than ${64 * 1024 + 768 * 2} bytes` }]);
  });
});
