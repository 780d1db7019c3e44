import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundsFor } from '../../../../src/service/peers/choose.ts';
import { Rota } from '../../../../src/service/peers/rota.ts';

const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, at) => `10.0.0.${from + at}`);

describe('a round', () => {
  it('has all others up to the full mesh', () => {
    const rota = new Rota('10.0.0.0', { fullMesh: 5, perRound: 1 });
    expect([...rota.next(names(5))].sort()).toEqual(names(4, 1));
    expect(rota.next(names(6))).toHaveLength(1);
  });

  it('is empty without peers', () => {
    expect(new Rota('10.0.0.0', { fullMesh: 5, perRound: 1 }).next(['10.0.0.0'])).toEqual([]);
  });

  it('never has this agent, nobody twice, no more than are to be, and all of them within the stated rounds', () => {
    const ages = fc.dictionary(fc.constantFrom(...names(60)), fc.nat({ max: 100 }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.nat({ max: 20 }),
        ages,
        (agents, perRound, fullMesh, known) => {
          const [self = '', ...others] = names(agents);
          const bounds = { fullMesh, perRound };
          const rota = new Rota(self, bounds, new Map(Object.entries(known)));
          const rounds = Array.from({ length: roundsFor(others.length, bounds) }, () => rota.next([self, ...others]));
          for (const chosen of rounds) {
            expect(new Set(chosen).size).toBe(chosen.length);
            expect(chosen.length).toBeLessThanOrEqual(agents <= fullMesh ? agents - 1 : perRound);
          }
          expect([...new Set(rounds.flat())].sort()).toEqual([...others].sort());
        },
      ),
    );
  });

  it('comes to everybody within the stated rounds from any round on, whoever joined or left before', () => {
    const churn = fc.array(fc.subarray(names(30, 1)), { maxLength: 12 });
    fc.assert(
      fc.property(
        churn,
        fc.subarray(names(30, 1), { minLength: 1 }),
        fc.integer({ min: 1, max: 7 }),
        (past, peers, k) => {
          const bounds = { fullMesh: 1, perRound: k };
          const rota = new Rota('10.0.0.0', bounds);
          for (const then of past) rota.next(then);
          const rounds = Array.from({ length: roundsFor(peers.length, bounds) }, () => rota.next(peers));
          expect([...new Set(rounds.flat())].sort()).toEqual([...peers].sort());
        },
      ),
    );
  });
});

describe('who was measured', () => {
  it('before a restart comes after those who were longer ago', () => {
    const peers = names(6, 1);
    const ages = new Map(peers.map((peer, at) => [peer, 10 * (at + 1)]));
    const rota = new Rota('10.0.0.0', { fullMesh: 1, perRound: 2 }, ages);
    const rounds = [rota.next(peers), rota.next(peers), rota.next(peers)];
    expect(rounds.flat()).toEqual([...peers].reverse());
  });

  it('keeps its place when there was no time for it', () => {
    const peers = names(20, 1);
    const rota = new Rota('10.0.0.0', { fullMesh: 1, perRound: 2 });
    const [first = '', second = ''] = rota.next(peers);
    rota.missed(second);
    const next = rota.next(peers);
    expect(next[0]).toBe(second);
    expect(next).not.toContain(first);
  });

  it('and is gone is not brought back by a turn that it missed', () => {
    const rota = new Rota('10.0.0.0', { fullMesh: 1, perRound: 1 });
    const [chosen = ''] = rota.next(names(3, 1));
    rota.next(names(3, 1).filter((peer) => peer !== chosen));
    rota.missed(chosen);
    expect(rota.next(names(3, 1).filter((peer) => peer !== chosen))).not.toContain(chosen);
  });
});

it('agents do not all rush to one who joins: about as many measure it in its first round as anybody else', () => {
  const agents = names(400);
  const bounds = { fullMesh: 32, perRound: 8 };
  const rotas = agents.map((self) => new Rota(self, bounds));
  for (const rota of rotas) rota.next(agents);
  const choices = rotas.flatMap((rota) => rota.next([...agents, 'new.example']));
  const atNewcomer = choices.filter((peer) => peer === 'new.example').length;
  // 400 throws at 8 of 400: 8 are expected, and beyond 24 it would be once in a million.
  expect(atNewcomer).toBeGreaterThan(0);
  expect(atNewcomer).toBeLessThan(24);
});
