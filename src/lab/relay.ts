/**
 * Program: a link with delay and loss, and perhaps an attacker on it, as a process between two TUN devices. It blocks
 * its only thread on purpose: an event loop would add a millisecond of its own to every packet.
 */

import { writeSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { blockUntilReadable } from '../net/sys/poll.ts';
import { addressBytes } from '../net/sys/sockaddr.ts';
import { openTun, readPacket, writePacket } from '../net/sys/tun.ts';
import { type DelayLine, delayLine } from './delay-line.ts';
import { flood } from './mischief/flood.ts';
import { type Attack, attacker, type Outgoing } from './mischief/mischief.ts';
import { READY } from './start-process.ts';
import type { Impairment } from './topology.ts';

interface RelayOptions {
  readonly devices: readonly [string, string];
  /** Of packets that come out of the first device, and of the second. */
  readonly impairments: readonly [Impairment, Impairment];
  readonly seed: number;
  readonly attack?: Attack;
  /** Of the two ends, with prefix lengths. */
  readonly addresses: readonly [readonly string[], readonly string[]];
}

interface Lane {
  readonly from: number;
  readonly to: number;
  readonly line: DelayLine;
  /** The far end of the link, which a forged Packet Too Big calls itself: bytes per IP version. */
  readonly speakers: Readonly<Record<number, Uint8Array>>;
}

const LARGEST_PACKET = 65535; // RFC 791 §3.1
const IDLE_MS = 60_000; // nothing under way: wake up rarely

const { devices, impairments, seed, attack, addresses } = JSON.parse(process.argv[2] ?? '') as RelayOptions;
const [first, second] = devices.map(openTun) as [number, number];
const lanes: readonly Lane[] = [
  { from: first, to: second, line: delayLine(impairments[0], seed), speakers: speakersOf(addresses[1]) },
  { from: second, to: first, line: delayLine(impairments[1], seed + 1), speakers: speakersOf(addresses[0]) },
];
const attacked = attack === undefined ? null : attacker(attack.mischiefs, seed);
const repeated = flood<{ readonly packet: Buffer; readonly to: number }>(attack?.floodPerSecond ?? 0);
const buffer = Buffer.alloc(LARGEST_PACKET);
writeSync(1, `${READY}\n`);

for (;;) {
  for (const lane of lanes) {
    for (let length = readPacket(lane.from, buffer); length !== null; length = readPacket(lane.from, buffer)) {
      pass(lane, Buffer.from(buffer.subarray(0, length)), performance.now());
    }
  }
  const due = repeated.due(performance.now());
  for (let times = due?.times ?? 0; due !== null && times > 0; times -= 1) writePacket(due.item.to, due.item.packet);
  for (const { to, line } of lanes) {
    for (let packet = line.release(performance.now()); packet !== null; packet = line.release(performance.now())) {
      writePacket(to, packet);
    }
  }
  const instants = [...lanes.map(({ line }) => line.nextDueMs()), repeated.nextDueMs()].filter((at) => at !== null);
  blockUntilReadable([first, second], instants.length === 0 ? IDLE_MS : Math.min(...instants) - performance.now());
}

function pass(lane: Lane, packet: Buffer, nowMs: number): void {
  const speaker = lane.speakers[(packet[0] ?? 0) >> 4];
  if (attacked === null || speaker === undefined) lane.line.take(packet, nowMs);
  else for (const outgoing of attacked(packet, speaker)) send(lane, outgoing, nowMs);
}

function send(lane: Lane, { packet, towards, heldMs, forged }: Outgoing, nowMs: number): void {
  if (towards === 'onward') lane.line.take(packet, nowMs, heldMs);
  else writePacket(lane.from, packet);
  if (forged) repeated.feed({ packet, to: towards === 'onward' ? lane.to : lane.from }, nowMs);
}

function speakersOf(end: readonly string[]): Record<number, Uint8Array> {
  return Object.fromEntries(
    end.map((at) => at.replace(/\/.*/, '')).map((at) => [at.includes(':') ? 6 : 4, addressBytes(at)]),
  );
}
