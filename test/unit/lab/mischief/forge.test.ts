import { describe, expect, it } from 'vitest';
import type { Family } from '../../../../src/contract.ts';
import { falseReply, packetTooBig, type Quote, resets, subjectOf } from '../../../../src/lab/mischief/forge.ts';
import { PROTOCOL, takeApart } from '../../../../src/lab/mischief/packet.ts';
import { internetChecksum } from '../../../../src/wire/checksum.ts';
import { parseEcho, parseIcmp } from '../../../../src/wire/icmp.ts';
import { parseQuoted } from '../../../../src/wire/quoted.ts';
import { CLIENT, FAMILIES, ping, ROUTER, SERVER, segment } from './packets.ts';

function quotedBy(packet: Buffer, quote: Quote, family: Family) {
  const message = parseIcmp(takeApart(packetTooBig(packet, 1300, quote, ROUTER[family])).body, family);
  if (message.kind !== 'packet-too-big') throw new Error(`read as ${message.kind}`);
  return { nextHopMtu: message.nextHopMtu, quote: message.quote, quoted: parseQuoted(message.quote, family) };
}

describe('a forged Packet Too Big', () => {
  it.each(FAMILIES)('goes from the router to the sender and quotes the packet: IPv%s', (family) => {
    const forged = takeApart(packetTooBig(segment(family, 1400), 1300, 'exact', ROUTER[family]));
    expect([...forged.source]).toEqual([...ROUTER[family]]);
    expect([...forged.destination]).toEqual([...CLIENT[family]]);
    const { nextHopMtu, quote, quoted } = quotedBy(segment(family, 1400), 'exact', family);
    expect(nextHopMtu).toBe(1300);
    expect(quoted).toMatchObject({ kind: 'tcp', sourcePort: 40000, destinationPort: 443 });
    expect([...quoted.destination]).toEqual([...SERVER[family]]);
    expect(quote.byteLength).toBe(family === 4 ? 548 : 1232);
  });

  it.each(FAMILIES)('gets wrong what it is to get wrong, and nothing else: IPv%s', (family) => {
    const at = family === 4 ? 20 : 40;
    const exact = quotedBy(segment(family, 100), 'exact', family).quote;
    const differing = (packet: Buffer, quote: Quote, whole: Uint8Array): number[] => {
      const { quote: bytes } = quotedBy(packet, quote, family);
      return [...bytes.keys()].filter((index) => bytes[index] !== whole[index]);
    };
    expect(differing(segment(family, 100), 'sequence', exact)).toEqual([at + 4]);
    expect(differing(segment(family, 100), 'port', exact)).toEqual([at + 1]);
    expect(differing(segment(family, 100), 'destination', exact)).toEqual([at - 1]);
    expect(differing(segment(family, 100), 'token', exact)[0]).toBe(at + 8);
    expect(quotedBy(segment(family, 100), 'cut', family).quote.byteLength).toBe(at + 8);
    expect(quotedBy(ping(family, 60), 'sequence', family).quoted).toMatchObject({ identifier: 77, sequence: 0x8003 });
    expect(quotedBy(ping(family, 60), 'port', family).quoted).toMatchObject({ identifier: 76, sequence: 3 });
  });

  it.each(FAMILIES)('can be about a ping that was never answered: IPv%s', (family) => {
    for (const packet of [segment(family, 0), ping(family, 0)]) {
      const { quote, quoted } = quotedBy(packet, 'echo-reply', family);
      expect(quoted).toMatchObject({ kind: 'other', protocol: PROTOCOL.icmp[family] });
      expect([...quoted.destination]).toEqual([...SERVER[family]]);
      expect(quote[family === 4 ? 20 : 40]).toBe(family === 4 ? 0 : 129);
    }
  });
});

describe('a false echo reply', () => {
  it.each(FAMILIES)('comes from the far end with the right identifier: IPv%s', (family) => {
    const request = parseEcho(takeApart(ping(family, 40)).body);
    const token = takeApart(falseReply(ping(family, 40), 'token') as Buffer);
    expect([...token.source, ...token.destination]).toEqual([...SERVER[family], ...CLIENT[family]]);
    const reply = parseEcho(token.body);
    expect([reply.identifier, reply.sequence]).toEqual([request.identifier, request.sequence]);
    expect([...reply.payload].every((byte, at) => byte !== request.payload[at])).toBe(true);
    const unasked = parseEcho(takeApart(falseReply(ping(family, 40), 'unasked') as Buffer).body);
    expect([unasked.identifier, unasked.sequence]).toEqual([77, 0x8003]);
    expect([...unasked.payload]).toEqual([...request.payload]);
    expect(falseReply(segment(family, 40), 'token')).toBeNull();
  });
});

describe('a pair of resets', () => {
  it.each(FAMILIES)('has the very numbers that either side expects: IPv%s', (family) => {
    const pair = resets(segment(family, 10));
    const numbers = (packet: Buffer | undefined): number[] => {
      const body = Buffer.from(takeApart(packet as Buffer).body);
      return [
        body.readUInt16BE(0),
        body.readUInt16BE(2),
        body.readUInt32BE(4),
        body.readUInt32BE(8),
        body.readUInt8(13),
      ];
    };
    expect(numbers(pair?.onward)).toEqual([40000, 443, 1000, 5000, 0x14]);
    expect(numbers(pair?.back)).toEqual([443, 40000, 5000, 1000, 0x14]);
    expect([...takeApart(pair?.back as Buffer).destination]).toEqual([...CLIENT[family]]);
    const onward = takeApart(pair?.onward as Buffer);
    const pseudo = Buffer.from([...onward.source, ...onward.destination, 0, PROTOCOL.tcp, 0, onward.body.byteLength]);
    expect(internetChecksum(Buffer.concat([pseudo, onward.body]))).toBe(0);
  });

  it.each(FAMILIES)('needs a segment with data: IPv%s', (family) => {
    expect(resets(segment(family, 0))).toBeNull();
    expect(resets(ping(family, 40))).toBeNull();
  });
});

describe('what a packet is', () => {
  it.each(FAMILIES)('is told by its protocol, and a ping from its answer: IPv%s', (family) => {
    expect(subjectOf(segment(family, 0))).toBe('tcp');
    expect(subjectOf(ping(family, 0))).toBe('ping');
    expect(subjectOf(falseReply(ping(family, 0), 'unasked') as Buffer)).toBe('other');
  });
});
