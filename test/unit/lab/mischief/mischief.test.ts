import { describe, expect, it } from 'vitest';
import { attacker, type Mischief } from '../../../../src/lab/mischief/mischief.ts';
import { takeApart } from '../../../../src/lab/mischief/packet.ts';
import { parseIcmp } from '../../../../src/wire/icmp.ts';
import { ping, ROUTER, segment } from './packets.ts';

const TOO_BIG: Mischief = {
  kind: 'packet-too-big',
  about: ['tcp'],
  quote: 'exact',
  nextHopMtus: [0, 1280],
  above: 100,
};

function done(mischief: Mischief, packet: Buffer, times: number) {
  const attack = attacker([mischief], 1);
  return Array.from({ length: times }, () => attack(packet, ROUTER[4]));
}

describe('an attacker on a link', () => {
  it('always lets the packet itself pass, once and last', () => {
    const packet = segment(4, 1000);
    const kinds: readonly Mischief[] = [
      TOO_BIG,
      { kind: 'reset', percent: 100 },
      { kind: 'hold', percent: 100, upToMs: 9 },
    ];
    for (const kind of kinds) {
      const [outgoing] = done(kind, packet, 1);
      expect(outgoing?.filter((each) => each.packet === packet && !each.forged)).toHaveLength(1);
      expect(outgoing?.at(-1)).toMatchObject({ packet, towards: 'onward' });
    }
  });

  it('names its numbers in turns, about what it is to speak of and no smaller packet', () => {
    const named = done(TOO_BIG, segment(4, 1000), 4).map((outgoing) => {
      expect(outgoing[0]).toMatchObject({ towards: 'back', forged: true });
      return parseIcmp(takeApart(outgoing[0]?.packet as Buffer).body, 4);
    });
    expect(named.map((message) => message.kind === 'packet-too-big' && message.nextHopMtu)).toEqual([0, 1280, 0, 1280]);
    expect(done(TOO_BIG, ping(4, 1000), 1)[0]).toHaveLength(1);
    expect(done(TOO_BIG, segment(4, 20), 1)[0]).toHaveLength(1);
  });

  it('sends a double at once', () => {
    const packet = ping(4, 10);
    expect(done({ kind: 'duplicate', percent: 100 }, packet, 1)[0]).toEqual([
      { packet, towards: 'onward', heldMs: 0, forged: false },
      { packet, towards: 'onward', heldMs: 0, forged: false },
    ]);
  });

  it('resets both sides', () => {
    const [outgoing] = done({ kind: 'reset', percent: 100 }, segment(4, 5), 1);
    expect(outgoing?.map(({ towards, forged }) => [towards, forged])).toEqual([
      ['onward', true],
      ['back', true],
      ['onward', false],
    ]);
  });

  it('holds the share it is asked to, never for longer', () => {
    const held = done({ kind: 'hold', percent: 10, upToMs: 2000 }, ping(4, 0), 10_000).map(
      ([only]) => only?.heldMs ?? 0,
    );
    expect(held.filter((ms) => ms > 0).length).toBeGreaterThan(880); // 1000 ± 4 standard deviations of 30
    expect(held.filter((ms) => ms > 0).length).toBeLessThan(1120);
    expect(Math.max(...held)).toBeLessThan(2000);
    expect(Math.max(...held)).toBeGreaterThan(1900);
  });

  it('answers pings, and nothing else', () => {
    const lie: Mischief = { kind: 'echo-reply', fault: 'token', percent: 100 };
    expect(done(lie, ping(4, 20), 1)[0]?.map(({ towards }) => towards)).toEqual(['back', 'onward']);
    expect(done(lie, segment(4, 20), 1)[0]).toHaveLength(1);
  });
});
