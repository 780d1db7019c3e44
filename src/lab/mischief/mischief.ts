/** What an attacker on a link does to the packets that pass: data, and the decision for each packet. */

import { mulberry32 } from '../chance.ts';
import { falseReply, packetTooBig, type Quote, type ReplyFault, resets, type Subject, subjectOf } from './forge.ts';

/** Done to packets of either way; `percent` of those it could be done to. */
export type Mischief =
  | { readonly kind: 'duplicate'; readonly percent: number }
  /** Later packets overtake these: up to `upToMs`, any time alike. */
  | { readonly kind: 'hold'; readonly percent: number; readonly upToMs: number }
  | { readonly kind: 'reset'; readonly percent: number }
  /** `nextHopMtus` in turns; about packets larger than `above` bytes. */
  | {
      readonly kind: 'packet-too-big';
      readonly about: readonly Subject[];
      readonly quote: Quote;
      readonly nextHopMtus: readonly number[];
      readonly above: number;
    }
  | { readonly kind: 'echo-reply'; readonly fault: ReplyFault; readonly percent: number };

export interface Attack {
  readonly mischiefs: readonly Mischief[];
  /** The latest forgery once more, so often a second; 0 for never. */
  readonly floodPerSecond: number;
}

/** A packet to write, where to, and how much later than the rest. */
export interface Outgoing {
  readonly packet: Buffer;
  /** `onward`: where the packet was going; `back`: where it came from. */
  readonly towards: 'onward' | 'back';
  readonly heldMs: number;
  readonly forged: boolean;
}

/** @param speaker address that a forged Packet Too Big comes from, of the packet's family. */
export type Attacker = (packet: Buffer, speaker: Uint8Array) => readonly Outgoing[];

/** Forgeries come before the packet that they are made of, as if the attacker were nearer. */
export function attacker(mischiefs: readonly Mischief[], seed: number): Attacker {
  const random = mulberry32(seed);
  const chance = (percent: number): boolean => random() * 100 < percent;
  let told = 0;
  const forgeries = (mischief: Mischief, packet: Buffer, speaker: Uint8Array): Outgoing[] => {
    switch (mischief.kind) {
      case 'duplicate':
        return chance(mischief.percent) ? [{ packet, towards: 'onward', heldMs: 0, forged: false }] : [];
      case 'hold':
        return [];
      case 'reset': {
        const pair = chance(mischief.percent) ? resets(packet) : null;
        return pair === null ? [] : [forged(pair.onward, 'onward'), forged(pair.back, 'back')];
      }
      case 'packet-too-big': {
        const { about, above, nextHopMtus, quote } = mischief;
        if (packet.byteLength <= above || !about.includes(subjectOf(packet))) return [];
        const nextHopMtu = nextHopMtus[told++ % nextHopMtus.length] ?? 0;
        return [forged(packetTooBig(packet, nextHopMtu, quote, speaker), 'back')];
      }
      case 'echo-reply': {
        const reply = chance(mischief.percent) ? falseReply(packet, mischief.fault) : null;
        return reply === null ? [] : [forged(reply, 'back')];
      }
    }
  };
  const holdMs = (): number =>
    mischiefs.reduce((sum, mischief) => {
      const held = mischief.kind === 'hold' && chance(mischief.percent);
      return held ? sum + random() * mischief.upToMs : sum;
    }, 0);
  return (packet, speaker) => [
    ...mischiefs.flatMap((mischief) => forgeries(mischief, packet, speaker)),
    { packet, towards: 'onward', heldMs: holdMs(), forged: false },
  ];
}

function forged(packet: Buffer, towards: Outgoing['towards']): Outgoing {
  return { packet, towards, heldMs: 0, forged: true };
}
